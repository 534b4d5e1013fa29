import { Stack } from "@mantine/core";
import { Fragment, useMemo } from "react";
import type { Explore } from "../explore";
import { Notes } from "../Notes";
import type { Answered, QuestionName } from "../questions";
import { DataTable } from "../tables/DataTable";
import { Figures } from "../tables/Figures";
import { tell } from "../tables/telling";
import { Nothing } from "./Nothing";
import { Picture } from "./Picture";

interface AnswerViewProps {
  readonly explore: Explore;
  readonly answered: Answered<QuestionName>;
}

/** An answer: its figures, its picture, its tables. */
export function AnswerView({ explore, answered }: AnswerViewProps) {
  const { question, params } = explore;
  const told = useMemo(() => tell(question, answered.answer as never, params), [question, answered.answer, params]);
  const isEmpty = told.isEmpty === true || told.tables.every((table) => table(({ rows }) => rows.length === 0));
  return (
    <Stack gap="xl">
      <Notes notes={answered.notes} />
      {isEmpty ? (
        <Nothing explore={explore} />
      ) : (
        <>
          <Figures figures={told.figures} />
          <Picture explore={explore} answered={answered} />
          {told.tables.map((table, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tables of a question keep their places
            <Fragment key={place}>
              {table((each) => (
                <DataTable key={`${question}-${each.key}`} table={each} />
              ))}
            </Fragment>
          ))}
        </>
      )}
    </Stack>
  );
}
