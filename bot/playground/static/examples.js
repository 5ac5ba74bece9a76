/** Tickets to send with one click, one for each way that a ticket can go. */
export const EXAMPLES = [
  {
    label: "Charged twice", name: "Nadia Rahman", email: "nadia.rahman@example.com", tier: "premium",
    subject: "Charged twice for March",
    text: "Hello,\n\nmy card was charged 49 € twice on 3 March for the same workspace. Invoice LB-2291 shows only one seat. Could you please refund the second payment?\n\nThank you\nNadia",
  },
  {
    label: "Everything is down", name: "Tom Becker", email: "tom.becker@example.com", tier: "enterprise",
    subject: "URGENT: no board opens, production is down",
    text: "Since 9:40 none of our boards load, every request ends in error 503. Our whole warehouse of 120 people stands still. We need somebody on this right now, otherwise we talk to our lawyer about the SLA.",
  },
  {
    label: "Locked out", name: "Aiko Tanaka", email: "aiko.tanaka@example.com", tier: "standard",
    subject: "Cannot sign in after changing my phone",
    text: "I got a new phone and the sign-in code no longer arrives. I am the only admin of our workspace. How do I get back in?",
  },
  {
    label: "A wish", name: "Marco Conti", email: "marco.conti@example.com", tier: "free",
    subject: "Dark mode for shared boards",
    text: "I love the new timeline! It would be great if shared boards had a dark mode as well. No hurry.",
  },
  {
    label: "Hard to tell", name: "Sam Okoye", email: "sam.okoye@example.com", tier: "",
    subject: "Question",
    text: "Hi, it does not do what the person on the phone said. Can somebody look at it?",
  },
];
