import type { questions as english } from "./words.questions.en";

export const questions: typeof english = {
  flow: {
    name: "Fluss",
    answers: "Welcher Kontaktpunkt direkt auf welchen folgt",
    definition:
      "Ein Übergang zählt, wenn eine Interaktion direkt auf eine andere desselben Kunden folgt, im selben Leben oder in derselben Sitzung. Der Median der Zeit liegt zwischen beiden. Kunden zählen einmal.",
  },
  paths: {
    name: "Pfade",
    answers: "Was Kunden nach einem Kontaktpunkt tun, oder davor, Schritt für Schritt",
    definition:
      "Ein Pfad beginnt am Kontaktpunkt und folgt der Journey bis zu ihrem Ende oder zurück zu ihrem Anfang. Ein Kasten ist ein Kontaktpunkt an einem Schritt, gleich was davor kam; direkte Wiederholungen sind ein Schritt.",
  },
  funnel: {
    name: "Trichter",
    answers: "Wie viele Kunden durch die Schritte kommen, und wo sie stehen bleiben",
    definition:
      "Ein Kunde erreicht einen Schritt, wenn ein Versuch alle Schritte bis dahin der Reihe nach hat. Anteile beziehen sich auf die Kunden am Eingang, mit dem 95-%-Intervall nach Wilson.",
  },
  variants: {
    name: "Varianten",
    answers: "Die genauen Wege, die Kunden nehmen",
    definition:
      "Journeys mit genau denselben Kontaktpunkten in derselben Reihenfolge sind eine Variante. Kunden zählen einmal; der Anteil bezieht sich auf alle Kunden.",
  },
  common: {
    name: "Häufige Journeys",
    answers: "Wege, die viele nehmen; direkte Wiederholungen zählen einmal",
    definition:
      "Besuch, Besuch, Bestellung ist dasselbe wie Besuch → Bestellung. „Bisher abgedeckt“ ist der Anteil der Kunden, die diesen Weg oder einen darüber nahmen.",
  },
  clusters: {
    name: "Gruppen",
    answers: "Gruppen ähnlicher Journeys, und was jede auszeichnet",
    definition:
      "Journeys sind ähnlich, wenn sie dieselben Kontaktpunkte und Übergänge im selben Verhältnis haben. Es sind so viele Gruppen, wie die Daten über den Zufall hinaus haben.",
  },
  channels: {
    name: "Kanäle",
    answers: "Wie Kunden zwischen Kanälen wechseln, wo sie beginnen und enden",
    definition: "Ein Wechsel sind zwei direkt aufeinander folgende Interaktionen in verschiedenen Kanälen.",
  },
  contacts: {
    name: "Kontakte",
    answers: "Lösung beim ersten Kontakt, Wiederholungen, Weiterleitungen, Wartezeiten",
    definition:
      "Ein Kontakt ist gelöst, wenn innerhalb der Frist kein weiterer desselben Kunden folgt. Kontakte, für die es noch zu früh ist, bleiben außen vor.",
  },
  chains: {
    name: "Ketten",
    answers: "Durch welche Kanäle ein Anliegen geht, und was es kostet",
    definition:
      "Eine Kette sind Kontakte zu einem Anliegen ohne längere Pause. Im Self-Service gehalten: Sie verlässt ihn nie.",
  },
  effort: {
    name: "Aufwand",
    answers: "Wie viel Mühe Kunden haben, und was sie macht",
    definition:
      "Punkte für Kontakte, Wiederholungen, Kanalwechsel, Weiterleitungen, Warteminuten und Identifizierungen, mit den Gewichten der Einstellungen.",
  },
  scores: {
    name: "Noten",
    answers: "NPS, CSAT und CES, nach dem, worum es ging",
    definition:
      "Eine Antwort betrifft die letzte Interaktion davor innerhalb der Frist. Der NPS ist der Anteil von 9 und 10 weniger der Anteil von 0 bis 6.",
  },
  emotion: {
    name: "Gefühl",
    answers: "Was Kunden entlang der Schritte fühlen",
    definition: "Aus der Stimmung von Texten und aus Noten, von −2 bis +2, jeweils als Mittel mit seinem Intervall.",
  },
  drivers: {
    name: "Treiber",
    answers: "Was mit einem Ergebnis einhergeht, und welche Kontaktpunkte entscheiden",
    definition:
      "Der Anteil mit dem Ergebnis unter Journeys mit einem Merkmal und ohne es, verglichen unter ähnlichen Journeys. Zusammenhang, nicht Ursache.",
  },
  retention: {
    name: "Wiederkehr",
    answers: "Wer wiederkommt, nach dem Zeitraum des Beginns",
    definition:
      "Kohorten sind Kunden nach dem Zeitraum ihres ersten Beginns. Ein Anteil zählt nur Kunden, die so lange beobachtet werden konnten.",
  },
  survival: {
    name: "Zeit bis",
    answers: "Wie lange es dauert, bis etwas geschieht oder Kunden verstummen",
    definition:
      "Die Schätzung nach Kaplan und Meier: der Anteil, bei dem es nach so langer Zeit noch nicht geschehen ist. Wer noch beobachtet wird, zählt, solange er es wurde.",
  },
  attribution: {
    name: "Attribution",
    answers: "Welche Kontaktpunkte zu einem Ergebnis beitragen",
    definition:
      "Jeder Erfolg wird dem zugeschrieben, was davor im Rückblick lag, von sieben Modellen nebeneinander. Sie setzen Verschiedenes voraus; keines ist die Wahrheit.",
  },
  gaps: {
    name: "Lücken",
    answers: "Wo Interaktionen in den Daten fehlen könnten",
    definition:
      "Stille Wechsel: ein Kanalwechsel nach langer Stille, häufiger als durch Zufall. Übersprungene Phasen: eine spätere ohne eine frühere. Hinweise, kein Beweis.",
  },
  handovers: {
    name: "Übergaben",
    answers: "Wer Kunden an wen übergibt, und was verloren geht",
    definition:
      "Eine Übergabe ist ein Kontakt mit einer Abteilung, auf den innerhalb der Frist einer mit einer anderen folgt.",
  },
  loops: {
    name: "Schleifen",
    answers: "Was wiederkommt, und worüber",
    definition:
      "Eine Selbstschleife wiederholt sich direkt, eine Wiederholung nach etwas anderem. Der kürzeste Kreis ist der schnellste Weg zurück zum selben Kontaktpunkt.",
  },
  outcomes: {
    name: "Ausgänge",
    answers: "Wie die Journeys einer Definition enden",
    definition: "Am Ziel, am Ende, in einer Pause länger als die Frist, oder noch nicht.",
  },
  insights: {
    name: "Was sich änderte",
    answers: "Veränderungen, nach denen niemand gefragt hat, die stärksten zuerst",
    definition:
      "Anteile, Mittel und Übergänge nach Tag und Segment werden nach Zeiten durchsucht, die sich mehr als durch Zufall unterscheiden, mit allem Betrachteten im Blick.",
  },
  sessions: {
    name: "Sitzungen",
    answers: "Wie lang Sitzungen sind",
    definition: "Eine Sitzung endet, wo die Pause länger ist als erlaubt.",
  },
  overview: {
    name: "Überblick",
    answers: "Wie viel es gibt, und wo Journeys enden",
    definition: "Interaktionen, verschiedene Kunden, Journeys, und die Kontaktpunkte, mit denen Journeys enden.",
  },
};
