import { Stack, Text, Title } from "@mantine/core";
import { IconChartDots3, IconFileImport, IconMap2 } from "@tabler/icons-react";
import { Link } from "react-router";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { homeWords } from "./homeWords";
import classes from "./Newcomer.module.css";

/** Home of an empty workspace: what to do first. */
export function Newcomer() {
  const words = useWords(homeWords);
  const { count } = useFormat();
  const mayImport = useMay("change_data");
  const steps = [
    { to: "/data", icon: IconFileImport, title: words.stepImport, hint: words.stepImportHint },
    { to: "/explore", icon: IconChartDots3, title: words.stepExplore, hint: words.stepExploreHint },
    { to: "/maps", icon: IconMap2, title: words.stepMap, hint: words.stepMapHint },
  ];
  return (
    <Stack gap="xl" maw={820} mx="auto" pt="xl">
      <div>
        <Title order={2} size="h3">
          {words.welcome}
        </Title>
        <Text c="dimmed" mt={4}>
          {words.welcomeLead}
        </Text>
        {!mayImport && (
          <Text size="sm" mt="xs">
            {words.askForData}
          </Text>
        )}
      </div>
      <ol className={classes.steps}>
        {steps.map(({ to, icon: Icon, title, hint }, place) => (
          <li key={to}>
            <Link to={to} className={classes.step}>
              <Icon size={26} stroke={1.4} aria-hidden />
              <div>
                <Text size="xs" c="dimmed">
                  {words.stepNumber(count(place + 1))}
                </Text>
                <Text fw={600}>{title}</Text>
                <Text size="sm" c="dimmed">
                  {hint}
                </Text>
              </div>
            </Link>
          </li>
        ))}
      </ol>
    </Stack>
  );
}
