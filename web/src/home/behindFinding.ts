import type { FindingEntry } from "../base/api/schema.gen";

/** Which number of a finding: what its share or mean is of, in its days or on the others; or the share itself. */
export type FindingNumber = "n" | "before" | "after";

type Told = Pick<
  FindingEntry,
  "measure" | "subject" | "segment" | "segment_value" | "first_day" | "last_day" | "slope"
>;

/** The address in Explore at which the journeys behind a number of a finding are open; undefined of the ends of a trend. */
export function behindFinding(finding: Told, number: FindingNumber): string | undefined {
  if (finding.slope !== null && number !== "n") return undefined;
  const said = new URLSearchParams({
    measure: finding.measure,
    subject: finding.subject,
    first: finding.first_day,
    ...(finding.last_day === null ? {} : { last: finding.last_day }),
    ...(finding.segment === null || finding.segment_value === null
      ? {}
      : { field: finding.segment, value: finding.segment_value }),
    ...(number === "before" ? { otherwise: "true" } : {}),
    ...(number === "n" ? {} : { that: "counted" }),
  });
  return `/explore/insights?${new URLSearchParams({ behind: `change?${said}` })}`;
}
