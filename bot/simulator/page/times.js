// Times as people read them: the community's where it is known, else this machine's.

let stretches = [];
let now = 0;
let heard = 0;

/** Note what the simulator says of time. */
export function learnTime(pulse) {
  stretches = pulse.stretches;
  now = pulse.now;
  heard = performance.now();
}

/** Whether anybody has said what time it is for the community. */
export function isKnown() {
  return stretches.length > 0;
}

/** The present, in Unix seconds here. */
export function present() {
  return now + (performance.now() - heard) / 1000;
}

/** The community's time (Unix seconds) at a moment here. */
export function communityTime(moment) {
  let found = null;
  for (const stretch of stretches) if (stretch[0] <= moment) found = stretch;
  return found ? found[1] + (moment - found[0]) : moment;
}

/** A moment here, such as "Tue 9 Jun, 12:30". */
export function words(moment, zone = "Europe/London") {
  return inWords(communityTime(moment), zone);
}

/** Community time as words. */
export function inWords(moment, zone = "Europe/London") {
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "short", day: "numeric", month: "short",
    hour: "2-digit", minute: "2-digit", timeZone: zone,
  }).formatToParts(new Date(moment * 1000));
  const part = (name) => parts.find((one) => one.type === name)?.value ?? "";
  return `${part("weekday")} ${part("day")} ${part("month").slice(0, 3)}, ` +
    `${part("hour")}:${part("minute")}`;
}
