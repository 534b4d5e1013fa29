import { ActionIcon, Group, Stack, Text, Title, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "react-router";
import type { CustomerAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { useCustomer, useFacts } from "./asking";
import classes from "./CustomerPane.module.css";
import { CustomerTimeline } from "./CustomerTimeline";
import { Facts } from "./Facts";
import { Identifiers } from "./Identifiers";
import { identityWords, typeName } from "./identityWords";
import { Standing } from "./Standing";

/** One customer: what an agent needs first and the identifiers at the left, everything that happened at the right. */
export function CustomerPane({ customer }: { readonly customer: string }) {
  return (
    <Asked query={useCustomer(customer)} lines={8}>
      {(found) => (
        <Stack gap="md">
          <Heading customer={customer} found={found} />
          <div className={classes.pane}>
            <Stack gap="lg" className={classes.side}>
              <Facts customer={customer} />
              <Standing customer={customer} />
              <Identifiers found={found} />
            </Stack>
            <CustomerTimeline customer={customer} />
          </div>
        </Stack>
      )}
    </Asked>
  );
}

function Heading({ customer, found }: { readonly customer: string; readonly found: CustomerAnswer }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const facts = useFacts(customer).data;
  const strongest = found.identifiers[0]?.identifier;
  const about = [
    strongest === undefined ? "" : typeName(words, strongest.type),
    words.identifiersInAll(format.count(found.identifiers.length)),
    facts === undefined ? "" : words.interactions(format.count(facts.interactions)),
    typeof facts?.first_at === "string" && typeof facts.last_at === "string"
      ? words.between(format.day(facts.first_at), format.day(facts.last_at))
      : "",
  ];
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        <Title order={2} size="h3" className={classes.name}>
          {strongest?.value}
        </Title>
        <Text size="sm" c="dimmed">
          {about.filter((part) => part !== "").join(" · ")}
        </Text>
      </div>
      <Tooltip label={words.close}>
        <ActionIcon component={Link} to="/customers" variant="subtle" color="gray" aria-label={words.close}>
          <IconX size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
