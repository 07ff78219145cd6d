"""What people say in the month, in their own words."""

#: A number that passes the check of an NHS number; it was never given to anybody.
NUMBER = "943 476 5919"
CARELESS = (
    f"NHS {NUMBER} had a negative FIT and keeps bleeding. How do you safety-net a "
    "negative FIT when symptoms go on?"
)
ASKED = "How do you safety-net a negative FIT when symptoms go on?"
CONTEXT = (
    "We see three or four people a week like this in our practices, and every surgery "
    "does something else."
)

BEN_ANSWERS = (
    "We book a review at six weeks before the patient leaves the room. We repeat the "
    "FIT once if symptoms go on. If the second is negative too, we ask the colorectal "
    "team for advice and guidance."
)
TEMPLATE = "https://example.org/fit-safety-net"
CHLOE_ANSWERS = (
    "We book a review at six weeks as well, and a search runs every month for those "
    "who did not come. The template is at https://example.org/fit-safety-net for "
    "anyone who wants it."
)
CHLOE_EDITS = (
    "We book a review at four weeks as well, and a search runs every month for those "
    "who did not come. The template is at https://example.org/fit-safety-net for "
    "anyone who wants it."
)
DEV_IN_CONFIDENCE = "Between us: our lab has lost samples this spring, and I am cross."
DEV_DISSENTS = (
    "I disagree with repeating the FIT. A second negative test only delays things: "
    "ongoing bleeding should go straight to the colorectal clinic whatever the FIT "
    "says."
)
BEN_MISTAKES = "Does the rota for Thursday still stand?"
AMINA_ADDS = (
    "In our area two diagnoses were delayed after a negative FIT, and nobody had "
    "booked a review."
)
AMINA_THANKS = "Thank you all, this is really helpful!"
EFUA_ANSWERS = (
    "It depends on how far people live from the hospital. Where transport is poor we "
    "phone at three weeks, because written recalls were not answered."
)
CHLOE_CHANGES = (
    "We book a review at four weeks, and a monthly search finds those who did not come."
)
IDRIS_LATE = (
    "We give every patient a card with a date to come back, and the pharmacist asks to "
    "see it when they collect laxatives."
)

ROUTED = (
    "How do you reach people who did not come to their lung health check? Our second "
    "letters hardly change anything."
)
SOMEONE = "Tamsin Rowe, lung nurse in Westbourne"
AMINA_ON_LUNG = (
    "A call from a receptionist whom people know works better than a second letter. "
    "Evening slots helped too."
)

EVERYDAY = "Who runs lung health check reminders from the practice, not the hospital?"
BEN_ON_REMINDERS = "Our practice sends a text message a week before the lung check."

HEADING = "What most of us do"
NOTE = "Thank you all. We will come back to whether to repeat the FIT at the away day."

LEILA_ANSWERS = (
    "We give every patient a leaflet with the date of the review on it. Since then "
    "fewer people are lost between the test and the review."
)
JOAN_ANSWERS = (
    "It depends on the practice. Where there is a nurse for recalls, a search every "
    "fortnight works better than booking ahead."
)
MONTHS_NOTE = (
    "A busy month: thank you all. The summer call is on safety-netting, so please "
    "bring what you have tried."
)
CALL = "June call: safety-netting"
DIAL_IN = "Phone 0300 000 0000, code 246 810#"
AGENDA = "What shall we do about repeating the FIT?"
