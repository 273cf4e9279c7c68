/** The mark: one way in, two ways on. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#4b46d8" />
      <path d="M7 10.5c3 0 4 11 7 11s3.5-11 6-11" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path
        d="M14 21.5c4 0 5-5.5 11-5.5"
        stroke="#fff"
        strokeOpacity=".55"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="7" cy="10.5" r="2.5" fill="#fff" />
      <circle cx="20.5" cy="10.5" r="2.5" fill="#fff" />
      <circle cx="25" cy="16" r="2.5" fill="#fff" fillOpacity=".7" />
    </svg>
  );
}
