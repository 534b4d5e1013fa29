export const questions = {
  flow: {
    name: "Flow",
    answers: "Which touchpoint directly follows which",
    definition:
      "A move is counted when one interaction directly follows another of the same customer within the same life or session. The median time is between the two. Customers are distinct.",
  },
  paths: {
    name: "Paths",
    answers: "What customers do after a touchpoint, or before it, step by step",
    definition:
      "A path begins at the touchpoint and follows the journey to its end, or back to its start. A box is a touchpoint at a step, whatever came before it; direct repeats are one step.",
  },
  funnel: {
    name: "Funnel",
    answers: "How many customers come through steps, and where they stop",
    definition:
      "A customer reaches a step when an attempt has all steps up to it in order. Shares are of the customers who entered, with Wilson's 95 % interval.",
  },
  variants: {
    name: "Variants",
    answers: "The exact paths that customers take",
    definition:
      "Journeys with exactly the same touchpoints in the same order are one variant. Customers are distinct; the share is of all customers.",
  },
  common: {
    name: "Common journeys",
    answers: "The paths that many take, direct repeats counted once",
    definition:
      "Visit, Visit, Order is the same as Visit → Order. “Covered” is the share of customers who took this path or one above it.",
  },
  clusters: {
    name: "Clusters",
    answers: "Groups of similar journeys, and what sets each apart",
    definition:
      "Journeys are alike when they have the same touchpoints and moves in the same proportions. The number of groups is what the data have beyond chance.",
  },
  channels: {
    name: "Channels",
    answers: "How customers move between channels, where they start and end",
    definition: "A move is two directly following interactions in different channels.",
  },
  contacts: {
    name: "Contacts",
    answers: "First contact resolution, repeats, transfers, waiting times",
    definition:
      "A contact is resolved when no further contact of the same customer follows within the window. Contacts too late in the record to know are left out.",
  },
  chains: {
    name: "Chains",
    answers: "Through which channels one need goes, and what it costs",
    definition:
      "A chain is a run of contacts for one need without a pause longer than the gap. Contained: it never leaves self-service.",
  },
  effort: {
    name: "Effort",
    answers: "How much effort customers have, and what makes it",
    definition:
      "Points for contacts, repeats, switches of channel, transfers, minutes of waiting and identifications, by the weights of the settings.",
  },
  scores: {
    name: "Scores",
    answers: "NPS, CSAT and CES, by what was answered about",
    definition:
      "An answer is about the last interaction before it within the window. NPS is the share of 9 and 10 less the share of 0 to 6.",
  },
  emotion: {
    name: "Emotion",
    answers: "What customers feel along the steps",
    definition:
      "From the sentiment of texts and from scores, on a scale from −2 to +2, each as a mean with its interval.",
  },
  drivers: {
    name: "Drivers",
    answers: "What goes with an outcome, and which touchpoints decide",
    definition:
      "The share with the outcome among journeys with a feature and without it, compared within similar journeys. Association, not cause.",
  },
  retention: {
    name: "Retention",
    answers: "Who comes back, by the period in which they started",
    definition:
      "Cohorts are customers by the period of their first start. A share counts only customers who could be watched that long.",
  },
  survival: {
    name: "Time until",
    answers: "How long it takes until something happens, or customers fall silent",
    definition:
      "The Kaplan–Meier estimate: the share to whom it has not happened after so long. Who is still being watched counts as long as they were.",
  },
  attribution: {
    name: "Attribution",
    answers: "Which touchpoints contribute to an outcome",
    definition:
      "Each conversion is credited to what came before it within the look-back, by seven models side by side. They assume different things; none is the truth.",
  },
  gaps: {
    name: "Gaps",
    answers: "Where interactions may be missing from the record",
    definition:
      "Silent switches: a change of channel after a long silence, more often than chance. Skipped stages: a later stage without an earlier one. Hints, no proof.",
  },
  handovers: {
    name: "Handovers",
    answers: "Who hands customers over to whom, and what gets lost",
    definition: "A handover is a contact with one department that is followed by one with another within the window.",
  },
  loops: {
    name: "Loops",
    answers: "What comes again, and through what",
    definition:
      "A self-loop repeats directly, a repetition after something else. The shortest cycle is the quickest way back to the same touchpoint.",
  },
  outcomes: {
    name: "Outcomes",
    answers: "How the journeys of a definition end",
    definition: "At the goal, at the end, in a pause longer than the time-out, or not yet.",
  },
  insights: {
    name: "What changed",
    answers: "Changes that nobody asked about, strongest first",
    definition:
      "Shares, means and moves by day and segment are searched for stretches of days that differ by more than chance, with all that was looked at in view.",
  },
  sessions: {
    name: "Sessions",
    answers: "How long sessions are",
    definition: "A session ends where the pause is longer than the gap.",
  },
  overview: {
    name: "Overview",
    answers: "How much there is, and where journeys end",
    definition: "Interactions, distinct customers, journeys, and the touchpoints with which journeys end.",
  },
};
