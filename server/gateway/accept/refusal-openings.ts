/** How refusals begin, in the languages most asked in. Short on purpose: what only apologises is no refusal. */
const openings: readonly RegExp[] = [
  /^(?:i['’]m |i am )?(?:very |really |so )?(?:sorry|afraid)[,.]? (?:but )?(?:i |that i |as an ai)/,
  /^(?:unfortunately,? )?i (?:can['’]?t|can ?not|won['’]t|will not|am (?:not able|unable) to|['’]m (?:not able|unable) to) (?:help|assist|do|provide|answer|comply|fulfil|fulfill|create|generate|discuss|support|continue|engage|share)/,
  /^i['’]m (?:not able|unable) to (?:help|assist|do|provide|answer|comply|create|generate|discuss|share)/,
  /^as an ai(?: language)?(?: model)?,? i (?:can|am|do|must)/,
  /^(?:es )?tut mir leid,? (?:aber )?(?:ich|das|dabei)/,
  /^(?:leider )?(?:kann|darf) ich (?:dabei|das|dir|ihnen|dazu|hierbei) .{0,40}(?:nicht|keine)/,
  /^(?:je suis )?désolée?,? (?:mais )?je ne (?:peux|suis)/,
  /^lo siento,? (?:pero )?no puedo/,
  /^(?:mi dispiace|sono spiacente),? (?:ma )?non posso/,
  /^(?:sinto muito|desculpe),? (?:mas )?(?:eu )?não posso/,
];

/** Whether a text begins as refusals do. */
export function opensAsRefusal(text: string): boolean {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  return openings.some((opening) => opening.test(start));
}
