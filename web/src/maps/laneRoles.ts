import { de } from "./laneRoles.de";
import { en } from "./laneRoles.en";

export const laneRoles = { en, de };
