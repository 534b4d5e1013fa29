import { Anchor, Stack } from "@mantine/core";
import { Link, useParams } from "react-router";
import { ApiError } from "../../base/api/errors";
import { Page } from "../../base/Page";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { useDocument } from "../asking";
import { mapsWords } from "../mapsWords";
import { GonePersona } from "./GonePersona";
import { PersonaEditor } from "./PersonaEditor";
import { formOf } from "./personaForm";

/** One persona, to be read and changed; `/personas/new` begins one. */
export function Component() {
  const words = useWords(mapsWords);
  const { id = "new" } = useParams();
  const isNew = id === "new";
  const document = useDocument("persona", id, !isNew);
  const back = (
    <Anchor component={Link} to="/personas" size="sm" c="dimmed">
      {words.backToPersonas}
    </Anchor>
  );
  if (isNew) {
    return (
      <Page title={words.newPersona} lead={back} width={760}>
        <PersonaEditor key="new" tree={{}} />
      </Page>
    );
  }
  if (document.data === undefined && document.error instanceof ApiError && document.error.status === 404) {
    return <GonePersona id={id} error={document.error} back={back} />;
  }
  return (
    <Asked query={document} isPage>
      {(found) => (
        <Page title={formOf(found.tree).name} lead={back} width={760}>
          <Stack>
            <PersonaEditor key={id} id={id} tree={found.tree} version={found.version} />
          </Stack>
        </Page>
      )}
    </Asked>
  );
}
