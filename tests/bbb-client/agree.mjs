// Takes {host, secret, urls} as its argument; says what a library that is not ours makes of our join addresses.
import bbb from 'bigbluebutton-js';

const { host, secret, urls } = JSON.parse(process.argv[2]);
const said = urls.map((text) => {
  const url = new URL(text);
  const parameters = Object.fromEntries([...url.searchParams].filter(([name]) => name !== 'checksum'));
  const { fullName, meetingID, password, ...more } = parameters;
  return {
    // the same parameters in the same order: the same address, to the last digit of the checksum
    same: bbb.util.constructUrl(bbb.util.normalizeUrl(host), secret, 'join', parameters),
    // in its own order, as its users call it
    own: bbb.api(host, secret).administration.join(fullName, meetingID, password, more),
  };
});
process.stdout.write(JSON.stringify(said));
