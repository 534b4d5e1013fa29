/** A face that feels as a value from -2 to 2 says; of tension a circle with its number. */
export function Face({ value, role }: { readonly value: number | undefined; readonly role: string }) {
  const feeling = value ?? 0;
  const bend = (feeling / 2) * 5;
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden>
      <circle cx="12" cy="12" r="10.5" fill="var(--mantine-color-body)" stroke="currentColor" strokeWidth="1.8" />
      {role === "tension" ? (
        <text x="12" y="16.2" textAnchor="middle" fontSize="11.5" fontWeight="650" fill="currentColor">
          {value === undefined ? "" : Math.round(value)}
        </text>
      ) : (
        <g stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" fill="none">
          <path d="M8.6 9.2v.6M15.4 9.2v.6" />
          <path d={`M7.6 ${String(15 - bend / 3)}Q12 ${String(15 + bend)} 16.4 ${String(15 - bend / 3)}`} />
        </g>
      )}
    </svg>
  );
}
