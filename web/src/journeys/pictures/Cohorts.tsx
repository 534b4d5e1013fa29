import { Stack, Title } from "@mantine/core";
import type { RetentionAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Sideways } from "../../base/Sideways";
import { useWords } from "../../base/words";
import { askedOf, numberOf } from "../behind/number";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Opens } from "../tables/Cell";
import { heat } from "./heat";
import classes from "./Matrix.module.css";

const MOST = 26;

/** Cohorts as a triangle: the share who came back so many periods after their start. */
export function Cohorts({ answer, explore }: { readonly answer: RetentionAnswer; readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const asked = askedOf("retention", explore.params);
  const of = (cohort: string, that: string, since?: number) =>
    numberOf("cohort", { ...asked, that, cohort, ...(since === undefined ? {} : { since }) });
  const periods = Math.min(MOST, answer.curve.length);
  const places = Array.from({ length: periods }, (_, place) => place);
  return (
    <Stack gap="xs" component="section" aria-label={words.tables.cohorts}>
      <Title order={2} size="h5">
        {words.tables.cohorts}
      </Title>
      <Sideways>
        <table className={classes.matrix}>
          <caption className={classes.caption}>{words.picture.cohorts}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.start}</th>
              <th scope="col">{words.columns.customers}</th>
              {places.map((place) => (
                <th key={place} scope="col">
                  {format.count(place)}
                </th>
              ))}
              <th scope="col">{words.columns.inactive}</th>
            </tr>
          </thead>
          <tbody>
            {answer.cohorts.slice(-MOST).map((cohort) => (
              <tr key={cohort.start}>
                <th scope="row">{format.day(`${cohort.start.slice(0, 10)}T12:00:00Z`)}</th>
                <td className={classes.margin}>
                  <Opens behind={of(cohort.start, "started")}>{format.count(cohort.customers)}</Opens>
                </td>
                {places.map((place) => {
                  const cell = cohort.cells[place];
                  return (
                    <td
                      key={place}
                      className={classes.cell}
                      style={heat(cell?.share ?? 0)}
                      title={cell === undefined ? undefined : format.interval(cell.low, cell.high)}
                    >
                      {cell !== undefined &&
                        (cell.returned === 0 ? (
                          format.share(cell.share)
                        ) : (
                          <Opens behind={of(cohort.start, "returned", place)}>{format.share(cell.share)}</Opens>
                        ))}
                    </td>
                  );
                })}
                <td className={classes.margin}>
                  <Inactive share={cohort.inactive.value} behind={of(cohort.start, "inactive")} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Stack>
  );
}

function Inactive({ share, behind }: { readonly share: number | null; readonly behind: string }) {
  const format = useFormat();
  if (!share) return format.share(share);
  return <Opens behind={behind}>{format.share(share)}</Opens>;
}
