import { Button, Modal } from "@mantine/core";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { LinkMade, Person } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { Sure } from "../base/Sure";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskPeople, useRemovePerson } from "./asking";
import { InviteForm } from "./InviteForm";
import { PeopleTable } from "./PeopleTable";
import { Section } from "./Section";
import { ShownOnce } from "./ShownOnce";

/** Everybody who may sign in. */
export function PeoplePanel() {
  const words = useWords(accountsWords);
  const query = useAskPeople();
  const [params, setParams] = useSearchParams();
  const stopInviting = () => setParams({}, { preventScrollReset: true, replace: true });
  const [made, setMade] = useState<LinkMade | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const show = (link: LinkMade) => {
    stopInviting();
    setMade(link);
  };
  return (
    <Section
      title={words.tabs.people}
      lead={query.data?.length ? words.peopleCount(query.data.length) : undefined}
      actions={
        <Button
          size="xs"
          leftSection={<IconUserPlus size={16} />}
          aria-haspopup="dialog"
          onClick={() => setParams({ invite: "person" }, { preventScrollReset: true })}
        >
          {words.invite}
        </Button>
      }
    >
      <Asked query={query}>
        {(people) =>
          people.length === 0 ? (
            <Empty order={3} icon={<IconUsers size={40} stroke={1.2} />} title={words.noPeople}>
              {words.noPeopleHint}
            </Empty>
          ) : (
            <PeopleTable people={people} onLink={show} onRemove={setLeaving} />
          )
        }
      </Asked>
      <Window opened={params.has("invite")} title={words.invitePerson} onClose={stopInviting}>
        <InviteForm onMade={show} />
      </Window>
      <Window opened={made !== null} title={words.linkFor(made?.person.name ?? "")} onClose={() => setMade(null)}>
        {made !== null && (
          <ShownOnce
            lead={`${words.linkLead} ${words.goodFor(made.person.invited ? 7 : 1)}`}
            secret={made.link}
            onDone={() => setMade(null)}
          />
        )}
      </Window>
      {leaving !== null && <Removal person={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}

interface WindowProps {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

function Window({ opened, title, onClose, children }: WindowProps) {
  const words = useWords(baseWords);
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg" closeButtonProps={{ "aria-label": words.close }}>
      {children}
    </Modal>
  );
}

function Removal({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const words = useWords(accountsWords);
  const removing = useRemovePerson();
  return (
    <Sure
      title={words.removePerson(person.name)}
      hint={words.removeHint}
      action={words.remove}
      busy={removing.isPending}
      error={removing.error}
      onDo={() => removing.mutate(person.person, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
