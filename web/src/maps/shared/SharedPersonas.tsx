import { Progress, Stack, Text, Title } from "@mantine/core";
import type { SharedPersonas as Answer, SharedPersona } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import threadClasses from "../panels/ThreadView.module.css";
import classes from "./SharedMapView.module.css";
import { type OpenedLink, sharedAddress, useShared } from "./useShared";

/** The personas of a map, as somebody describes them. */
export function SharedPersonas({ link, map }: { readonly link: OpenedLink; readonly map: string }) {
  const words = useWords(mapsWords);
  const found = useShared<Answer>(link, sharedAddress(link.token, "personas", { map }), (answer) => answer.json());
  return (
    <Asked query={found} lines={4}>
      {({ personas }) =>
        personas.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.sharedNoPersonas}
          </Text>
        ) : (
          <Stack gap="lg">
            {personas.map((each) => (
              <Described key={each.id} persona={each} />
            ))}
          </Stack>
        )
      }
    </Asked>
  );
}

function Described({ persona }: { readonly persona: SharedPersona }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  return (
    <Stack component="section" gap="xs" className={threadClasses.thread}>
      <div>
        <Title order={2} size="h5">
          {persona.name}
        </Title>
        {persona.share !== null && (
          <Text size="xs" c="dimmed">
            {words.ofAllCustomers(format.share(persona.share))}
          </Text>
        )}
      </div>
      {persona.summary !== null && <Text size="sm">{persona.summary}</Text>}
      {persona.quote !== null && (
        <Text size="sm" fs="italic" className={threadClasses.answer}>
          {persona.quote}
        </Text>
      )}
      <Listed title={words.sharedGoals} items={persona.goals} />
      <Listed title={words.sharedNeeds} items={persona.needs} />
      {persona.behaviour.map(({ low, high, value }) => (
        <div key={`${low} ${high}`}>
          <Text size="xs" className={classes.ends}>
            <span>{low}</span>
            <span>{high}</span>
          </Text>
          <Progress value={value * 100} size="sm" aria-label={words.between(low, high)} />
        </div>
      ))}
    </Stack>
  );
}

function Listed({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <ul className={classes.items}>
        {items.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  );
}
