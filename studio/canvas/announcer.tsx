import { useDocument } from '../document/index.ts';

/** Says every edit to a screen reader. Two regions in turn, so that the same words twice are said twice. */
export function Announcer() {
  const { text, serial } = useDocument((state) => state.announcement);
  return (
    <>
      <div className="wb-hidden" role="status" aria-live="polite">
        {serial % 2 === 0 ? text : ''}
      </div>
      <div className="wb-hidden" role="status" aria-live="polite">
        {serial % 2 === 1 ? text : ''}
      </div>
    </>
  );
}
