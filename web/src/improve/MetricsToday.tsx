import { Text, Title } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import type { MetricAnswer, OpportunityAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { checkQuery } from "../evidence/asking";
import { valueText } from "../evidence/numbers";
import { improveWords } from "./improveWords";
import { useMetricText } from "./metricText";

/** The metrics that an opportunity shall change, with what they are today where a map measures them. */
export function MetricsToday({ opportunity }: { readonly opportunity: OpportunityAnswer }) {
  const words = useWords(improveWords);
  const metricText = useMetricText();
  const checks = useQueries({ queries: opportunity.maps.map((map) => checkQuery(map)) });
  if (opportunity.metrics.length === 0) return null;
  const readings = checks.flatMap((each) => each.data?.metrics ?? []);
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {words.metrics}
      </Title>
      {opportunity.metrics.map((each) => (
        <div key={each.id}>
          <Text size="sm">{metricText(each)}</Text>
          <Today reading={readings.find((one) => one.metric === each.id && one.value !== null)} />
        </div>
      ))}
    </section>
  );
}

function Today({ reading }: { readonly reading: MetricAnswer | undefined }) {
  const words = useWords(improveWords);
  const format = useFormat();
  if (reading === undefined) return null;
  const value = valueText(format, reading.value, reading.unit);
  const today = reading.n === null ? words.today(value) : words.todayOf(value, format.count(reading.n));
  return (
    <Text size="xs" c="dimmed" className="numbers">
      {reading.health === "good" ? words.reached(today) : today}
    </Text>
  );
}
