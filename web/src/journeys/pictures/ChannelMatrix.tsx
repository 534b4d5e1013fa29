import { Stack, Text, Title } from "@mantine/core";
import type { ChannelsAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Sideways } from "../../base/Sideways";
import { useWords } from "../../base/words";
import { numberOf } from "../behind/number";
import { journeysWords } from "../journeysWords";
import { Opens } from "../tables/Cell";
import { heat } from "./heat";
import classes from "./Matrix.module.css";

/** Moves between channels as a matrix, with where journeys start and end. */
export function ChannelMatrix({ answer }: { readonly answer: ChannelsAnswer }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const names = channelsOf(answer);
  const counts = new Map(answer.moves.map((each) => [`${each.from}\n${each.to}`, each.count]));
  const most = Math.max(1, ...counts.values());
  const starts = new Map(answer.starts.map((each) => [each.channel, each.count]));
  const ends = new Map(answer.ends.map((each) => [each.channel, each.count]));
  return (
    <Stack gap="xs" component="section" aria-label={words.questions.channels.name}>
      <Title order={2} size="h5">
        {words.questions.channels.name}
      </Title>
      <Sideways>
        <table className={classes.matrix}>
          <caption className={classes.caption}>{words.picture.matrix}</caption>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" className={classes.margin}>
                {words.picture.starts}
              </th>
              <th scope="col" className={classes.margin}>
                {words.picture.ends}
              </th>
            </tr>
          </thead>
          <tbody>
            {names.map((from) => (
              <tr key={from}>
                <th scope="row">{from}</th>
                {names.map((to) => {
                  const count = counts.get(`${from}\n${to}`) ?? 0;
                  return (
                    <td key={to} className={classes.cell} style={heat(Math.sqrt(count / most))}>
                      {count > 0 ? (
                        <Opens behind={numberOf("move", { source: from, target: to, by: "channel" })}>
                          {format.count(count)}
                        </Opens>
                      ) : (
                        <span className={classes.nothing}>{from === to ? "" : "–"}</span>
                      )}
                    </td>
                  );
                })}
                <td className={classes.margin}>
                  <Opens behind={numberOf("start", { name: from, by: "channel" })}>
                    {format.count(starts.get(from) ?? 0)}
                  </Opens>
                </td>
                <td className={classes.margin}>
                  <Opens behind={numberOf("end", { name: from, by: "channel" })}>
                    {format.count(ends.get(from) ?? 0)}
                  </Opens>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
      <Text size="xs" c="dimmed">
        {words.picture.matrix}
      </Text>
    </Stack>
  );
}

/** All channels, those with most moves first. */
function channelsOf(answer: ChannelsAnswer): readonly string[] {
  const weights = new Map<string, number>();
  const add = (name: string, count: number) => weights.set(name, (weights.get(name) ?? 0) + count);
  for (const each of answer.moves) {
    add(each.from, each.count);
    add(each.to, each.count);
  }
  for (const each of [...answer.starts, ...answer.ends]) add(each.channel, 0);
  return [...weights.entries()].sort(([one, a], [other, b]) => b - a || one.localeCompare(other)).map(([name]) => name);
}
