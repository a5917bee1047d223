/**
 * What a notebook's front end does for a widget: models, views, and messages to the kernel.
 *
 * anywidget's own module is run on top of it. `toKernel(message)` is the way to Python.
 */

const fits = (given, has) => given === null || given === undefined || given === has;

class Events {
  #heard = [];

  on(name, act, context) {
    this.#heard.push({ name, act, context });
  }

  once(name, act) {
    this.on(name, act);
  }

  off(name, act, context) {
    this.#heard = this.#heard.filter(
      (x) => !(fits(name, x.name) && fits(act, x.act) && fits(context, x.context)),
    );
  }

  trigger(name, ...given) {
    for (const x of [...this.#heard]) if (x.name === name) x.act.call(x.context, ...given);
  }
}

class DOMWidgetModel extends Events {
  #unsaved = {};

  constructor(state) {
    super();
    this.state = state;
    this.views = [];
    this.initialize();
  }

  initialize() {}

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    if (JSON.stringify(value) === JSON.stringify(this.state[name])) return;
    this.state[name] = value;
    this.#unsaved[name] = value;
    this.trigger(`change:${name}`);
  }

  save_changes() {
    const state = this.serialize(this.#unsaved);
    this.#unsaved = {};
    host.post({ method: "update", state });
  }

  send(content) {
    host.post({ method: "custom", content });
  }

  async _handle_comm_msg({ data, buffers }) {
    if (data.method === "custom") {
      const views = buffers.map((text) => new DataView(bytes(text).buffer));
      this.trigger("msg:custom", data.content, views);
    } else if (data.method === "update") {
      for (const [name, value] of Object.entries(data.state)) this.set(name, value);
      this.#unsaved = {};
    }
  }
}

class DOMWidgetView extends Events {
  constructor(model) {
    super();
    this.model = model;
    this.el = document.createElement("div");
    this.$el = { empty: () => this.el.replaceChildren() };
  }

  remove() {
    this.el.remove();
  }
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

const main = document.getElementById("ns-player");
Object.defineProperty(main, "player", {
  get: () => main.querySelector("[role=region], .ns-player:not(.ns-notice)")?.player,
});

window.host = {
  sent: [],
  deaf: false,
  held: null,
  async post(data) {
    this.sent.push(data);
    if (this.deaf) return;
    const messages = await window.toKernel(JSON.stringify(data));
    if (this.held) this.held.push(...messages);
    else this.take(messages);
  },
  /** Keep what the kernel says, as one that is busy does. */
  hold() {
    this.held = [];
  },
  release() {
    const messages = this.held;
    this.held = null;
    this.take(messages);
  },
  take(messages) {
    for (const message of messages) this.model._handle_comm_msg(message);
  },
  async open(state, kinds) {
    this.close();
    this.sent = [];
    this.deaf = false;
    this.held = null;
    this.model = new kinds.AnyModel(state);
    await this.view(kinds);
  },
  async view(kinds) {
    const view = new kinds.AnyView(this.model);
    main.append(view.el);
    this.model.views.push(view);
    await view.render();
    while (!view.el.querySelector(".ns-player:not(.ns-notice)")?.player) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await view.el.querySelector(".ns-player:not(.ns-notice)").player.ready;
  },
  close() {
    for (const view of this.model?.views ?? []) view.remove();
    this.model?.trigger("destroy");
    this.model = null;
  },
};

window.define = (names, make) => {
  host.kinds = make({ DOMWidgetModel, DOMWidgetView });
};
