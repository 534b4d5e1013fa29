import { Button, Group, SegmentedControl, Stack, Switch } from "@mantine/core";
import { IconArrowForwardUp, IconColumns2 } from "@tabler/icons-react";
import { Link, Navigate, useParams } from "react-router";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { Page } from "../../base/Page";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { useDocument, useLibrary } from "../asking";
import { useCopyMap } from "../copying/useCopyMap";
import { mapsWords } from "../mapsWords";
import { readOutline } from "../readMap";
import { currentOf } from "../relations";
import { Breadcrumbs } from "../view/Breadcrumbs";
import { useAddress } from "../view/useAddress";
import { useDifferences } from "./asking";
import { Drawings } from "./Drawings";
import { ProjectionCard } from "./ProjectionCard";
import { besideEachOther } from "./pairs";
import { StepTable } from "./StepTable";

/** A map beside its future state: what is different step by step, and what is known of it today. */
export function Component() {
  const { id = "" } = useParams();
  const words = useWords(mapsWords);
  const document = useDocument("map", id);
  const library = useLibrary();
  return (
    <Page title={words.beside} lead={words.besideLead}>
      <Breadcrumbs map={id} withMap />
      <Asked query={document} lines={10}>
        {(now) => (
          <Asked query={library} lines={10}>
            {({ maps }) => {
              const { title, future } = readOutline(now.tree);
              const isThere = future !== undefined && maps.some((each) => each.id === future);
              if (isThere) return <Both id={id} now={now} future={future} />;
              const current = currentOf(maps, id);
              if (current !== undefined) return <Navigate to={`/maps/${current.id}/beside`} replace />;
              return <None id={id} title={title} wasThere={future !== undefined} />;
            }}
          </Asked>
        )}
      </Asked>
    </Page>
  );
}

/** Nothing to compare with yet. */
function None({ id, title, wasThere }: { readonly id: string; readonly title: string; readonly wasThere: boolean }) {
  const words = useWords(mapsWords);
  const draws = useMay("draw");
  const copy = useCopyMap(id, title);
  return (
    <Empty icon={<IconColumns2 size={40} stroke={1.2} />} title={wasThere ? words.besideGone : words.besideNone}>
      <Stack align="center">
        {words.besideNoneHint}
        {draws && (
          <Button
            leftSection={<IconArrowForwardUp size={16} aria-hidden />}
            loading={copy.isPending}
            onClick={() => copy.mutate("future")}
          >
            {words.drawFuture}
          </Button>
        )}
      </Stack>
    </Empty>
  );
}

interface BothProps {
  readonly id: string;
  readonly now: DocumentAnswer;
  readonly future: string;
}

function Both({ id, now, future }: BothProps) {
  const words = useWords(mapsWords);
  const [params, change] = useAddress();
  const view = params.get("view") === "drawings" ? "drawings" : "steps";
  const only = params.get("only") === "1";
  const later = useDocument("map", future);
  const differences = useDifferences(id, future);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={words.beside}
            value={view}
            onChange={(value) => change({ view: value === "drawings" ? value : null })}
            data={[
              { value: "steps", label: words.stepByStep },
              { value: "drawings", label: words.drawings },
            ]}
          />
          {view === "steps" && (
            <Switch
              size="xs"
              label={words.onlyDifferent}
              checked={only}
              onChange={(event) => change({ only: event.currentTarget.checked ? "1" : null })}
            />
          )}
        </Group>
        <Group gap="xs">
          <Button component={Link} to={`/maps/${id}`} size="xs" variant="default">
            {words.openCurrent}
          </Button>
          <Button component={Link} to={`/maps/${future}`} size="xs" variant="default">
            {words.openFuture}
          </Button>
        </Group>
      </Group>
      <Asked query={later} lines={10}>
        {(then) => (
          <Asked query={differences} lines={10}>
            {({ changes }) => {
              const beside = besideEachOther(readOutline(now.tree), readOutline(then.tree), changes);
              if (view === "drawings") return <Drawings now={now} later={then} />;
              return (
                <Stack gap="lg">
                  <ProjectionCard id={id} steps={beside.steps} later={then} />
                  <StepTable id={id} beside={beside} onlyDifferent={only} />
                </Stack>
              );
            }}
          </Asked>
        )}
      </Asked>
    </Stack>
  );
}
