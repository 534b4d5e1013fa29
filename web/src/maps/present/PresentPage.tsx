import { useComputedColorScheme } from "@mantine/core";
import { useNavigate, useParams } from "react-router";
import { Asked } from "../../base/states/Asked";
import { useDocument } from "../asking";
import { readOutline } from "../readMap";
import { useAddress } from "../view/useAddress";
import { Slides } from "./Slides";

/** A map shown phase by phase on the whole screen. */
export function Component() {
  const { id = "" } = useParams();
  const document = useDocument("map", id);
  const navigate = useNavigate();
  const [params, change] = useAddress();
  const scheme = useComputedColorScheme("light");
  const theme = params.get("theme") === "dark" ? "dark" : params.get("theme") === "light" ? "light" : scheme;
  const measured = params.get("measured") === "1";
  return (
    <Asked query={document} lines={12} isPage>
      {(found) => (
        <Slides
          id={id}
          outline={readOutline(found.tree)}
          theme={theme}
          measured={measured}
          at={Number(params.get("slide") ?? 0)}
          onGo={(slide) => change({ slide: slide === 0 ? null : String(slide) })}
          onTheme={(next) => change({ theme: next })}
          onMeasured={(next) => change({ measured: next ? "1" : null })}
          onEnd={() => void navigate(`/maps/${id}${measured ? "?measured=1" : ""}`)}
        />
      )}
    </Asked>
  );
}
