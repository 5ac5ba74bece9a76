/** The page: puts the parts together and draws what changed, once per frame. */
import { Acts } from "./acts.js";
import { api } from "./api.js";
import { ChannelPane } from "./channel.js";
import { fill } from "./dom.js";
import { Editing } from "./editing.js";
import { Flexpane } from "./flexpane.js";
import { HelpdeskPane } from "./helpdesk.js";
import { HomePane } from "./home.js";
import { listenToKeys } from "./keys.js";
import { keepLinksInside, visit } from "./links.js";
import { Modal } from "./modal.js";
import { nowhere } from "./nowhere.js";
import { Preparing } from "./preparing.js";
import { channelHash, currentRoute, rememberWho, whoInAddress } from "./route.js";
import { menuButton, Sidebar } from "./sidebar.js";
import { follow, showLive, untilAnswered } from "./stream.js";
import { Surface } from "./surface.js";
import { ThreadPane } from "./thread.js";
import { ThreadsPane } from "./threads.js";
import { toast } from "./toast.js";
import { welcome } from "./welcome.js";
import { WireDrawer } from "./wiredrawer.js";
import { Workspace } from "./workspace.js";

/** How long changes of people and channels are gathered before they are asked for. */
const MEETING_MS = 200;

class App {
  api = api;
  workspace = new Workspace();
  acts = new Acts(this.workspace);
  route = { kind: "helpdesk", ticket: null };
  editing = new Editing(this);
  #main = document.querySelector("#main");
  #aside = document.querySelector("#aside");
  #pane = null;
  #paneKey = null;
  #thread = null;
  #frame = 0;
  #loaded = false;
  #meeting = false;
  #unfollow = () => {};

  async start() {
    this.sidebar = new Sidebar(this);
    this.modal = new Modal(this);
    this.flexpane = new Flexpane(this);
    this.wire = new WireDrawer(this);
    document.querySelector("#sidebar").append(this.sidebar.node);
    this.preparing = new Preparing(this);
    document.querySelector("#strip").append(...[this.preparing.node, welcome()].filter(Boolean));
    document.querySelector("#wire").append(this.wire.node);
    document.body.append(this.modal.node, this.flexpane.node);
    keepLinksInside(this.workspace);
    listenToKeys(this);
    addEventListener("hashchange", () => this.#go());
    document.addEventListener("visibilitychange", () => this.redraw());
    await this.#read();
  }

  /** Take a new snapshot of this workspace, then follow what happens after it. */
  async #read(team = this.workspace.team ?? whoInAddress().team) {
    const snapshot = await untilAnswered(() => api.snapshot(team));
    this.#unfollow();
    this.workspace.load(snapshot);
    api.team = snapshot.team;
    this.#unfollow = follow(snapshot.event_id, { onEvent: (event) => this.#happen(event), onGap: () => this.#read(), onState: showLive });
    if (this.#loaded) return this.redraw();
    this.#loaded = true;
    const named = this.workspace.people.find(({ name, role }) => name === whoInAddress().person && role !== "bot");
    if (named) this.workspace.me = named.id;
    return this.#go();
  }

  /** False when only a new snapshot can help. */
  #happen(event) {
    if (event.type === "town") this.#meet();
    if (event.type === "delivery_failed") toast(`${event.what}: ${event.error}`, { kind: "error" });
    this.redraw();
    return this.workspace.apply(event);
  }

  /** People and channels as they are now, asked for once however much has changed. */
  async #meet() {
    if (this.#meeting) return;
    this.#meeting = true;
    await new Promise((resolve) => setTimeout(resolve, MEETING_MS));
    this.#meeting = false;
    const { team } = this.workspace;
    const snapshot = await untilAnswered(() => api.snapshot(team));
    if (this.workspace.team === team) this.workspace.meet(snapshot);
    this.redraw();
  }

  redraw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#loaded) this.#draw();
    });
  }

  #go() {
    const first = this.workspace.channelsOf(this.workspace.me)[0];
    const route = currentRoute() ?? (first ? { kind: "channel", channel: first.name } : { kind: "helpdesk", ticket: null });
    document.body.classList.remove("menu-open");
    this.route = route;
    if (route.kind === "home" && route.tab !== "about") this.acts.openHome(route.tab);
    this.redraw();
  }

  #draw() {
    this.#showPane();
    this.#pane.draw();
    this.#showThread();
    this.#showAsked();
    this.sidebar.draw();
    this.modal.draw();
    this.flexpane.draw();
    this.wire.draw();
    this.preparing.draw();
  }

  #showPane() {
    const { route, workspace } = this;
    const channel = this.#channel();
    const key = [workspace.me, workspace.mine?.deleted, route.kind, channel?.id ?? route.channel, route.tab, channel?.name, channel?.is_archived, channel?.members.includes(workspace.me)].join(":");
    if (key === this.#paneKey) return;
    this.#paneKey = key;
    this.#pane = this.#paneFor(channel);
    fill(this.#main, this.#pane.node);
    const title = channel ? this.channelTitle(channel) : { home: workspace.appName, helpdesk: "Helpdesk", threads: "Threads" }[route.kind];
    document.title = `${title ?? "Not found"} · ${workspace.teamName(workspace.team)} playground`;
  }

  #paneFor(channel) {
    if (channel) return new ChannelPane(this, channel);
    if (this.route.kind === "home") return new HomePane(this, this.route.tab);
    if (this.route.kind === "threads") return new ThreadsPane(this);
    return this.route.kind === "helpdesk" ? new HelpdeskPane(this) : nowhere(this);
  }

  /** The channel of the address, if this person may read it. */
  #channel() {
    const channel = this.route.kind === "channel" ? this.workspace.channelNamed(this.route.channel) : null;
    return channel && this.workspace.mayRead(this.workspace.me, channel) ? channel : null;
  }

  #showThread() {
    const { route, workspace } = this;
    const channel = route.thread && this.#channel();
    const key = channel ? `${workspace.me}:${channel.id}:${route.thread}` : null;
    if ((this.#thread?.key ?? null) !== key) {
      this.#thread = key ? { key, pane: new ThreadPane(this, channel, route.thread) } : null;
      fill(this.#aside, this.#thread?.pane.node);
      document.body.classList.toggle("thread-open", Boolean(this.#thread));
      if (channel && !route.message) this.#pane.timeline?.reveal(route.thread);
    }
    this.#thread?.pane.draw();
  }

  /** A link to one message leads to it once: in the thread when it is a reply, else in the channel. */
  async #showAsked() {
    const { message, thread } = this.route;
    if (!message) return;
    this.route = { ...this.route, message: null };
    const timeline = thread && thread !== message ? this.#thread?.pane.timeline : this.#pane.timeline;
    const node = await timeline?.reveal(message);
    if (timeline && !node) toast("That message is not there any more.", { kind: "error" });
    node?.focus({ preventScroll: true });
  }

  /** Where blocks stand: clicks there are this person's. */
  surface(where, key, blocks = null) {
    const { workspace } = this;
    return new Surface({
      key: `${workspace.me}:${key}`, where, blocks, directory: workspace, conversation: () => where.channel ?? this.#channel()?.id ?? null,
      send: (body) => this.acts.click(body),
      visit: (address) => visit(address, workspace),
    });
  }

  /** Be this person; the place stays when they may see it. */
  actAs(personId) {
    const { workspace } = this;
    workspace.me = personId;
    rememberWho(workspace.mine.name, workspace.team, workspace.team === workspace.teams[0]?.id);
    const channel = workspace.channelNamed(this.route.channel);
    if (this.route.kind === "channel" && !(channel && workspace.mayRead(personId, channel))) location.hash = "";
    this.#go();
  }

  /** Into another workspace, as the first of its people. */
  async enterTeam(team) {
    if (team === this.workspace.team) return;
    await this.#read(team);
    this.#paneKey = null;
    this.actAs(this.workspace.me);
  }

  /** To the conversation with this person, or to the app's place. */
  async talkTo(personId) {
    const { workspace } = this;
    if (workspace.person(personId)?.role === "bot") location.hash = "#/home/messages";
    else if (personId !== workspace.me) {
      const channel = await this.acts.openDirect(personId);
      if (!channel) return;
      if (!workspace.channel(channel.id)) workspace.channels = [...workspace.channels, channel];
      location.hash = channelHash(channel.id);
    }
  }

  markUnread(message) {
    this.#pane.markUnread?.(message);
    this.redraw();
  }

  /** Fetch what stands before the oldest known message; false when there is nothing. */
  async loadOlder(channelId) {
    const conversation = this.workspace.conversation(channelId);
    const older = conversation.earliest() ? await api.messagesBefore(channelId, conversation.earliest()) : [];
    for (const message of older) conversation.put(message);
    if (older.length) this.#draw();
    return older.length > 0;
  }

  async loadOlderTickets() {
    const { tickets } = this.workspace;
    for (const ticket of await api.ticketsBefore(Math.min(...tickets.keys()))) tickets.set(ticket.id, ticket);
    this.redraw();
  }

  openThread(channelId, ts) {
    const channel = this.workspace.channel(channelId);
    location.hash = channelHash(channel?.name || channelId, ts);
  }

  closeThread() {
    location.hash = channelHash(this.route.channel);
  }

  /** The address of one message on this page. */
  placeOf({ channel, ts, thread_ts: thread }) {
    return channelHash(this.workspace.channelName(channel) || channel, thread && thread !== ts ? thread : null, ts);
  }

  channelTitle(channel) {
    return channel.name ? `#${channel.name}` : this.workspace.personName(this.workspace.other(channel));
  }

  menuButton = menuButton;
}

new App().start();
