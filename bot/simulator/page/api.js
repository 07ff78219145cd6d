// The one way to the simulated Slack: its control API.

/** Slack, or its client, would not let a person do that. */
export class Refused extends Error {}

/** Do one verb of the control API. */
export async function act(verb, given = {}) {
  const answer = await ask(`/control/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  if (!answer.ok) throw new Refused(inWords(answer));
  return answer;
}

/** What the bot says of itself. */
export function account() {
  return ask("/page/owed");
}

async function ask(path, how) {
  let response;
  try {
    response = await fetch(path, how);
  } catch {
    throw new Refused("The simulator does not answer. It may have been stopped.");
  }
  if (!response.ok) throw new Refused(`The simulator failed (${response.status}).`);
  return response.json();
}

const WORDS = {
  not_in_channel: "You are not in this channel. Join it first.",
  channel_not_found: "You cannot see this channel.",
  message_not_found: "That message is no longer there.",
  thread_not_found: "That thread is no longer there.",
  is_archived: "This channel is archived.",
  already_reacted: "You have reacted like this already.",
  no_reaction: "You had not reacted like this.",
  cant_update_message: "That message is not yours.",
};

function inWords(answer) {
  const told = answer.response_metadata?.messages?.join(" ");
  return WORDS[answer.error] ?? told ?? answer.error ?? "That did not work.";
}
