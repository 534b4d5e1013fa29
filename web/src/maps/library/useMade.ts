import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { MAPS_KEY } from "../asking";

/** What follows when a map was made: everything about maps is asked again, and the map is opened. */
export function useMade(): (made: { readonly id: string }) => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return ({ id }) => {
    void askAgain(client, { queryKey: MAPS_KEY });
    void navigate(`/maps/${id}`);
  };
}
