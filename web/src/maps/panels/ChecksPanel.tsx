import { Anchor, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answer, api } from "../../base/api/client";
import type { FindingAnswer } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { Sign } from "../../evidence/Sign";
import { MAPS_KEY } from "../asking";
import { laneRoles } from "../laneRoles";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { outlineName } from "./outlineName";
import { placeOfFinding } from "./placeOfFinding";
import classes from "./VersionsPanel.module.css";

/** What a good map has and this one lacks. */
export function ChecksPanel({ map, outline }: { readonly map: string; readonly outline: MapOutline }) {
  const words = useWords(mapsWords);
  const lint = useQuery({
    queryKey: [...MAPS_KEY, "lint", map],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/map/{ident}/lint", { params: { path: { ident: map } }, signal })),
  });
  return (
    <Asked query={lint}>
      {(found) =>
        found.findings.length === 0 ? (
          <Empty icon={<IconCircleCheck size={32} stroke={1.3} />} title={words.noFindings}>
            {words.noFindingsHint}
          </Empty>
        ) : (
          <Stack gap="sm">
            {found.findings.map((each) => (
              <Found key={each.id} map={map} outline={outline} finding={each} />
            ))}
            {found.silenced.length > 0 && (
              <Text size="xs" c="dimmed">
                {words.silenced(found.silenced.length)}
              </Text>
            )}
          </Stack>
        )
      }
    </Asked>
  );
}

interface FoundProps {
  readonly map: string;
  readonly outline: MapOutline;
  readonly finding: FindingAnswer;
}

/** One finding, with where it is and what to do; its place is opened with a click. */
function Found({ map, outline, finding }: FoundProps) {
  const words = useWords(mapsWords);
  return (
    <Stack gap={2} className={classes.version} pb="sm">
      <Group gap={6}>
        <Sign kind={finding.severity} />
        <Text size="xs" c="dimmed">
          {words.severities[finding.severity] ?? finding.severity}
        </Text>
        <FoundAt map={map} outline={outline} finding={finding} />
      </Group>
      <Text size="sm" className={classes.label}>
        {finding.message}
      </Text>
      {finding.severity !== "unchecked" && (
        <Text size="xs" c="dimmed">
          {finding.hint}
        </Text>
      )}
    </Stack>
  );
}

/** Where a finding is, as the map calls it: it opens the editor there, or where somebody only looks the step beside the map. */
function FoundAt({ map, outline, finding }: FoundProps) {
  const words = useWords(mapsWords);
  const roles = useWords(laneRoles);
  const draws = useMay("draw");
  const place = placeOfFinding(outline, finding.at);
  if (place === undefined) return null;
  const name = outlineName(outline, place.about, roles) ?? place.about.id;
  const step = place.about.kind === "step" ? `?panel=steps&step=${encodeURIComponent(place.about.id)}` : undefined;
  const to = draws ? `/maps/${map}/edit?at=${encodeURIComponent(place.at)}` : step && `/maps/${map}${step}`;
  return to === undefined ? (
    <Text size="xs">{name}</Text>
  ) : (
    <Anchor component={Link} to={to} size="xs" title={draws ? words.openInEditor : undefined}>
      {name}
    </Anchor>
  );
}
