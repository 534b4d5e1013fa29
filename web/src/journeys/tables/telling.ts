import type { AnswerOf, QuestionName } from "../questions";
import { tellDrivers, tellEmotion, tellScores } from "./feeling";
import type { Told } from "./model";
import { tellChannels, tellCommon, tellFlow, tellLoops, tellPaths, tellVariants } from "./movement";
import { tellChains, tellContacts, tellEffort, tellHandovers } from "./service";
import { tellClusters, tellFunnel, tellGaps, tellOutcomes } from "./stopping";
import { tellAttribution, tellInsights, tellOverview, tellRetention, tellSessions, tellSurvival } from "./time";

type Teller<Q extends QuestionName> = (answer: AnswerOf<Q>, params: URLSearchParams) => Told;

const TELLERS: { readonly [Q in QuestionName]: Teller<Q> } = {
  flow: tellFlow,
  paths: tellPaths,
  funnel: tellFunnel,
  variants: tellVariants,
  common: tellCommon,
  clusters: tellClusters,
  channels: tellChannels,
  contacts: tellContacts,
  chains: tellChains,
  effort: tellEffort,
  scores: tellScores,
  emotion: tellEmotion,
  drivers: tellDrivers,
  retention: tellRetention,
  survival: tellSurvival,
  attribution: tellAttribution,
  gaps: tellGaps,
  handovers: tellHandovers,
  loops: tellLoops,
  outcomes: tellOutcomes,
  insights: tellInsights,
  sessions: tellSessions,
  overview: tellOverview,
};

/** The figures and tables of an answer. */
export function tell<Q extends QuestionName>(question: Q, answer: AnswerOf<Q>, params: URLSearchParams): Told {
  return TELLERS[question](answer, params);
}
