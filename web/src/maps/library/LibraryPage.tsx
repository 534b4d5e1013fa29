import { Alert, Button, Group, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconMap2, IconPlus, IconZoomQuestion } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import type { MapCard } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { Page } from "../../base/Page";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { useStaleness } from "../../evidence/asking";
import { useJourneys, useLibrary, useOpenThreads } from "../asking";
import { MapsTabs } from "../MapsTabs";
import { mapsWords } from "../mapsWords";
import { useAddress } from "../view/useAddress";
import { attentionFrom, filterFrom, STALE } from "./filter";
import { LibraryFilters } from "./LibraryFilters";
import { MapCardView } from "./MapCardView";
import { MapTree } from "./MapTree";
import { MyMentions } from "./MyMentions";
import { NewMap } from "./NewMap";
import { isAbout } from "./scopes";

/** All maps of the workspace, to be searched, filtered and begun. */
export function Component() {
  const words = useWords(mapsWords);
  const [, setParams] = useSearchParams();
  const draws = useMay("draw");
  const all = useLibrary();
  const open = (): void => setParams((before) => new URLSearchParams([...before, ["new", "template"]]));
  const button = draws && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} aria-haspopup="dialog" onClick={open}>
      {words.newMap}
    </Button>
  );
  return (
    <Page title={words.maps} lead={words.mapsLead} actions={button || undefined}>
      <MapsTabs />
      <MyMentions />
      <Asked query={all} lines={8}>
        {(library) => (
          <Stack gap="md">
            {library.problems.length > 0 && (
              <Alert color="orange" title={words.problemsTitle}>
                {library.problems.map((each) => (
                  <Text size="sm" key={each.where}>
                    {each.where}: {each.message}
                  </Text>
                ))}
              </Alert>
            )}
            {library.total === 0 ? (
              <Empty icon={<IconMap2 size={40} stroke={1.2} />} title={words.noMapsTitle}>
                <Stack align="center">
                  {words.noMaps}
                  {button}
                </Stack>
              </Empty>
            ) : (
              <>
                <LibraryFilters all={library.maps} />
                <Found all={library.maps} total={library.total} />
              </>
            )}
          </Stack>
        )}
      </Asked>
      <NewMap />
    </Page>
  );
}

function Found({ all, total }: { readonly all: readonly MapCard[]; readonly total: number }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const [params] = useSearchParams();
  const found = useLibrary(filterFrom(params));
  const staleness = useStaleness().data;
  const journeys = useJourneys().data;
  const threads = useOpenThreads().data?.open ?? {};
  const attention = attentionFrom(params);
  const isTree = params.get("view") === "tree";
  const isWanted = (card: MapCard): boolean => {
    if (!isAbout(card, params.get("scope"))) return false;
    if (attention === undefined) return true;
    if (attention === "stale") return (staleness?.get(card.id)?.staleness ?? 0) > STALE;
    return card.reasons.includes(attention);
  };
  return (
    <Asked query={found}>
      {({ maps }) => {
        const shown = maps.filter(isWanted);
        if (shown.length === 0) {
          return (
            <Empty icon={<IconZoomQuestion size={36} stroke={1.2} />} title={words.noneFoundTitle}>
              {words.noneFound}
            </Empty>
          );
        }
        return (
          <Stack gap="xs">
            <Group justify="space-between">
              <Text size="xs" c="dimmed" role="status">
                {words.shown(format.count(shown.length), format.count(total))}
              </Text>
              <Arranging isTree={isTree} />
            </Group>
            {isTree ? (
              <MapTree all={all} shown={shown} />
            ) : (
              <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="md">
                {shown.map((card) => (
                  <MapCardView
                    key={card.id}
                    card={card}
                    staleness={staleness?.get(card.id)}
                    journey={journeys?.find((each) => each.id === card.journey)?.name}
                    comments={threads[card.id] ?? 0}
                  />
                ))}
              </SimpleGrid>
            )}
          </Stack>
        );
      }}
    </Asked>
  );
}

/** As cards, or below each other. */
function Arranging({ isTree }: { readonly isTree: boolean }) {
  const words = useWords(mapsWords);
  const [, change] = useAddress();
  return (
    <SegmentedControl
      size="xs"
      aria-label={words.arrange}
      value={isTree ? "tree" : "cards"}
      onChange={(value) => change({ view: value === "tree" ? value : null })}
      data={[
        { value: "cards", label: words.asCards },
        { value: "tree", label: words.asTree },
      ]}
    />
  );
}
