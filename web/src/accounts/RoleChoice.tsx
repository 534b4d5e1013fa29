import { Select } from "@mantine/core";
import type { Role } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { ROLES } from "./asking";

interface RoleChoiceProps {
  readonly role: Role;
  readonly onChoose: (role: Role) => void;
}

/** A role with what it means. */
export function RoleChoice({ role, onChoose }: RoleChoiceProps) {
  const words = useWords(accountsWords);
  return (
    <Select
      label={words.role}
      description={words.roleMeanings[role]}
      inputWrapperOrder={["label", "input", "description"]}
      data={ROLES.map((each) => ({ value: each, label: words.roles[each] }))}
      value={role}
      allowDeselect={false}
      onChange={(value) => {
        const chosen = ROLES.find((each) => each === value);
        if (chosen !== undefined) onChoose(chosen);
      }}
    />
  );
}
