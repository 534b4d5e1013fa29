import { Button, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch, IconUserHeart } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { Page } from "../../base/Page";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { usePersonas } from "../asking";
import { MapsTabs } from "../MapsTabs";
import { mapsWords } from "../mapsWords";
import { useAddress } from "../view/useAddress";
import classes from "./PersonasPage.module.css";

/** The personas that maps share. */
export function Component() {
  const words = useWords(mapsWords);
  const format = useFormat();
  const draws = useMay("draw");
  const [params, change] = useAddress();
  const searched = params.get("search") ?? "";
  const [search, setSearch] = useState(searched);
  const later = useDebouncedCallback((value: string) => change({ search: value }), 250);
  const found = usePersonas(searched);
  const button = draws && (
    <Button component={Link} to="/personas/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {words.newPersona}
    </Button>
  );
  return (
    <Page title={words.personas} lead={words.personasLead} actions={button || undefined}>
      <MapsTabs />
      <TextInput
        type="search"
        aria-label={words.searchPersonas}
        placeholder={words.searchPersonas}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          later(event.currentTarget.value);
        }}
        maw={320}
      />
      <Asked query={found}>
        {({ documents }) =>
          documents.length === 0 ? (
            <Empty
              icon={<IconUserHeart size={38} stroke={1.2} />}
              title={searched === "" ? words.noPersonas : words.noneFoundTitle}
            >
              {searched === "" ? words.noPersonasHint : words.noneFound}
            </Empty>
          ) : (
            <Table aria-label={words.personas}>
              <Table.Tbody>
                {documents.map((each) => (
                  <Table.Tr key={each.id}>
                    <Table.Td>
                      <Link to={`/personas/${each.id}`} className={classes.name}>
                        {each.name}
                      </Link>
                      <Text size="sm" c="dimmed" lineClamp={2}>
                        {each.summary}
                      </Text>
                    </Table.Td>
                    <Table.Td className={classes.maps}>
                      <Stack gap={0}>
                        <Text size="xs" c="dimmed">
                          {each.maps.length === 0 ? words.inNoMap : words.inMaps(each.maps.length)}
                        </Text>
                        {each.maps.map((map) => (
                          <Link key={map.id} to={`/maps/${map.id}`} className={classes.map}>
                            {map.name}
                          </Link>
                        ))}
                      </Stack>
                    </Table.Td>
                    <Table.Td className={classes.when}>
                      <Text size="xs" c="dimmed">
                        {words.versionBy(each.version, each.author)}, {format.ago(each.saved_at)}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Asked>
    </Page>
  );
}
