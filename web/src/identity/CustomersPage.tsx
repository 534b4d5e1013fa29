import { Anchor } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { Link, useLocation, useParams } from "react-router";
import { useMay } from "../base/me";
import { Page } from "../base/Page";
import { Empty } from "../base/states/Empty";
import { NotAllowed } from "../base/states/NotAllowed";
import { useWords } from "../base/words";
import { CustomerPane } from "./CustomerPane";
import { CustomerSearch } from "./CustomerSearch";
import { identityWords } from "./identityWords";

/** `/customers`: search first; `/customers/NUMBER`: one customer below the search. */
export function Component() {
  const words = useWords(identityWords);
  const { customer } = useParams();
  const { pathname } = useLocation();
  const maySee = useMay("see_customers");
  if (!maySee) {
    return (
      <Page title={words.title}>
        <NotAllowed title={words.onlyAnalysts}>
          {words.onlyAnalystsHint}{" "}
          <Anchor component={Link} to="/explore" inherit>
            {words.toExplore}
          </Anchor>
          .
        </NotAllowed>
      </Page>
    );
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <CustomerSearch key={pathname} first={customer === undefined}>
        {customer === undefined ? (
          <Empty icon={<IconUserSearch size={36} stroke={1.3} />} title={words.searchStart}>
            {words.searchStartHint}
          </Empty>
        ) : (
          <CustomerPane key={customer} customer={customer} />
        )}
      </CustomerSearch>
    </Page>
  );
}
