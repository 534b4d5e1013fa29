import { Skeleton, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { ChannelsAnswer, FunnelAnswer, RetentionAnswer } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useChart, useFlowPictures, usePathsPicture } from "../asking";
import { markOf } from "../behind/mark";
import { useShowBehind } from "../behind/showing";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { ChannelMatrix } from "../pictures/ChannelMatrix";
import { Cohorts } from "../pictures/Cohorts";
import { FlowPicture } from "../pictures/FlowPicture";
import { FunnelBars } from "../pictures/FunnelBars";
import { opensAny } from "../pictures/marks";
import { PathsDrawing } from "../pictures/PathsDrawing";
import type { Answered, QuestionName } from "../questions";
import { Waiting } from "../Waiting";

const VegaChart = lazy(async () => ({ default: (await import("../pictures/VegaChart")).VegaChart }));

interface PictureProps {
  readonly explore: Explore;
  readonly answered: Answered<QuestionName>;
}

/** The picture of an answer: drawn by the page where it can be opened, otherwise the chart that the server describes. */
export function Picture({ explore, answered }: PictureProps) {
  switch (explore.question) {
    case "flow":
      return <Flow explore={explore} />;
    case "paths":
      return <Paths explore={explore} />;
    case "funnel":
      return (
        <>
          <FunnelBars answer={answered.answer as FunnelAnswer} explore={explore} />
          {explore.params.has("by") && <Chart explore={explore} />}
        </>
      );
    case "channels":
      return <ChannelMatrix answer={answered.answer as ChannelsAnswer} />;
    case "variants":
    case "common":
      return null;
    case "retention":
      return <Cohorts answer={answered.answer as RetentionAnswer} explore={explore} />;
    default:
      return answered.picture === "chart" ? <Chart explore={explore} /> : null;
  }
}

function Flow({ explore }: { readonly explore: Explore }) {
  const query = useFlowPictures(explore.query);
  return (
    <Waiting query={query} address={`pictures/flow?${explore.query}`}>
      {({ answer }) => <FlowPicture pictures={answer} explore={explore} />}
    </Waiting>
  );
}

function Paths({ explore }: { readonly explore: Explore }) {
  const query = usePathsPicture(explore.query);
  return (
    <Waiting query={query} address={`pictures/paths?${explore.query}`}>
      {({ answer }) => (answer === null ? null : <PathsDrawing picture={answer} explore={explore} />)}
    </Waiting>
  );
}

function Chart({ explore }: { readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const show = useShowBehind();
  const seesCustomers = useMay("see_customers");
  const path = `questions/${explore.question}`;
  const query = useChart(path, explore.query);
  return (
    <Stack gap="xs" component="section" aria-label={words.picture.chart}>
      <Title order={2} size="h5">
        {words.picture.chart}
      </Title>
      <Waiting query={query} address={`${path}.json?${explore.query}`}>
        {(specification) => (
          <Suspense fallback={<Skeleton height={260} />}>
            <VegaChart
              specification={specification}
              label={words.questions[explore.question].answers}
              onOpen={seesCustomers ? (number) => show(markOf(number, explore)) : undefined}
            />
            {seesCustomers && opensAny(specification) && (
              <Text size="xs" c="dimmed">
                {words.picture.clicked}
              </Text>
            )}
          </Suspense>
        )}
      </Waiting>
    </Stack>
  );
}
