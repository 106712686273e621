// A real SMTP server. Its settings come as one JSON argument; it prints its port, then one JSON line per accepted mail.
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const settings = JSON.parse(process.argv[2]);
const deferred = new Set();
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });

// read by a library that knows nothing of ours
function appointmentOf(file) {
  const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(file.content)));
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
  const value = (name) => event.component.getFirstPropertyValue(name)?.toString() ?? null;
  const [alarm] = event.component.getAllSubcomponents('valarm');
  return {
    type: file.mimeType,
    method: calendar.getFirstPropertyValue('method'),
    typeMethod: file.method ?? null,
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    location: event.location,
    description: event.description,
    url: value('url'),
    status: value('status'),
    organizer: value('organizer'),
    alarm: alarm?.getFirstPropertyValue('trigger')?.toString() ?? null,
  };
}

const server = new SMTPServer({
  secure: settings.secure ?? false,
  disabledCommands: settings.disabled ?? [],
  authMethods: settings.methods ?? ['PLAIN', 'LOGIN'],
  authOptional: !settings.user,
  key: settings.key,
  cert: settings.cert,
  onAuth: (auth, _session, done) =>
    auth.username === settings.user && auth.password === settings.password
      ? done(null, { user: auth.username })
      : done(refuse(535, 'wrong name or password')),
  onRcptTo: ({ address }, _session, done) => {
    if (address.startsWith('nobody')) return done(refuse(550, `no such user ${address}`));
    if (address.startsWith('later') && !deferred.has(address)) {
      deferred.add(address);
      return done(refuse(451, 'try again later'));
    }
    return done();
  },
  onData: async (stream, session, done) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const mail = await PostalMime.parse(raw);
    say({
      from: session.envelope.mailFrom.address,
      to: session.envelope.rcptTo.map(({ address }) => address),
      secure: session.secure,
      user: session.user ?? null,
      messageId: mail.messageId,
      subject: mail.subject,
      sender: mail.from,
      recipients: mail.to,
      text: mail.text,
      html: mail.html ?? null,
      attachments: mail.attachments.map((file) => ({
        name: file.filename,
        type: file.mimeType,
        size: file.content.byteLength,
      })),
      appointments: mail.attachments
        .filter((file) => file.mimeType === 'text/calendar' || file.mimeType === 'application/ics')
        .map(appointmentOf),
    });
    done();
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
// the test that started it is gone when its pipe ends
process.stdin.resume().on('end', () => process.exit(0));
