/** How the whole drawing is brought into view: clear of the bar below and of the chip above the entry. */
export const fitOptions = { padding: { x: '36px', top: '52px', bottom: '68px' }, maxZoom: 1 } as const;
