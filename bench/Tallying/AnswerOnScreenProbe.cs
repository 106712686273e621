namespace Actors.Bench.Tallying;

/// <summary>What is added to the page to take the times; the page itself knows nothing of it.</summary>
internal static class AnswerOnScreenProbe
{
    /// <summary>Notes when a numbered code is first in a frame, and when an answer has been drawn.</summary>
    public const string Watch = """
        (() => {
          const probe = { frames: 0, shown: {}, answers: {}, decoded: {}, writes: [], asks: [], firstFrameAt: 0, lastFrameAt: 0 };
          globalThis.answerOnScreen = probe;
          const strip = document.createElement('canvas');
          [strip.width, strip.height] = [9, 1];
          const context = strip.getContext('2d', { willReadFrequently: true });
          const read = (video) => {
            context.drawImage(video, 0, 0, 288, 32, 0, 0, 9, 1);
            const { data } = context.getImageData(0, 0, 9, 1);
            const isLit = (square) => data[square * 4] > 128;
            if (!isLit(0)) return -1;
            return [1, 2, 3, 4, 5, 6, 7, 8].reduce((number, bit) => number + (isLit(bit) ? 2 ** (bit - 1) : 0), 0);
          };
          let inView = -1;
          // where the time goes: the decoder's messages, writes to the database, questions to the hub
          const { postMessage } = Worker.prototype;
          Worker.prototype.postMessage = function (request, transfer) {
            const [sent, number] = [performance.now(), inView];
            this.addEventListener('message', ({ data }) => {
              if (data.texts?.length && number >= 0) probe.decoded[number] ??= { sent, replied: performance.now() };
            }, { once: true });
            return postMessage.call(this, request, transfer);
          };
          const { transaction } = IDBDatabase.prototype;
          IDBDatabase.prototype.transaction = function (stores, mode, options) {
            const opened = transaction.call(this, stores, mode, options);
            const startedAt = performance.now();
            if (mode === 'readwrite') opened.addEventListener('complete', () => probe.writes.push([startedAt, performance.now()]));
            return opened;
          };
          const { send } = WebSocket.prototype;
          WebSocket.prototype.send = function (message) {
            const startedAt = performance.now();
            if (String(message).includes('"Scan"')) {
              const id = /"invocationId":"(\d+)"/.exec(message)?.[1];
              const note = ({ data }) => {
                if (!String(data).includes(`"invocationId":"${id}"`)) return;
                this.removeEventListener('message', note);
                probe.asks.push([startedAt, performance.now()]);
              };
              this.addEventListener('message', note);
            }
            return send.call(this, message);
          };
          const watchVideo = (video) => {
            const look = (now, { presentationTime, captureTime }) => {
              probe.frames++;
              probe.firstFrameAt ||= now;
              probe.lastFrameAt = now;
              const number = (inView = read(video));
              if (number >= 0) probe.shown[number] ??= { presented: presentationTime, captured: captureTime ?? null };
              video.requestVideoFrameCallback(look);
            };
            video.requestVideoFrameCallback(look);
          };
          const watchAnswer = (answer) => {
            const note = () => {
              const { certificate, tone, local } = answer.dataset;
              if (!answer.open || !certificate || probe.answers[certificate]) return;
              probe.answers[certificate] = { tone, local, drawn: null };
              // a task after the next animation frame: that frame, with the answer, is done
              requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => (probe.answers[certificate].drawn = performance.now());
                port2.postMessage(null);
              });
            };
            new MutationObserver(note).observe(answer, { attributes: true });
          };
          addEventListener('DOMContentLoaded', () => {
            if (!document.getElementById('video')) return;
            watchVideo(document.getElementById('video'));
            watchAnswer(document.getElementById('answer'));
          });
        })();
        """;

    /// <summary>The page's own decoder on pictures of the film and nothing else to do: milliseconds of each.</summary>
    public const string Decode = """
        async ({ rounds, thorough }) => {
          const video = document.getElementById('video');
          const { clientWidth, clientHeight, videoWidth, videoHeight } = video;
          const height = Math.min(thorough ? 1080 : 720, videoHeight);
          const width = Math.round((height * clientWidth) / clientHeight);
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [width, height];
          const context = canvas.getContext('2d', { willReadFrequently: true });
          const script = performance.getEntriesByType('resource').find(({ name }) => /zxing\.worker/.test(name));
          const worker = new Worker(script.name, { type: 'module' });
          const times = { withCode: [], without: [] };
          for (let id = 0; id < rounds; id++) {
            await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
            const visible = (videoHeight * clientWidth) / clientHeight;
            context.drawImage(video, (videoWidth - visible) / 2, 0, visible, videoHeight, 0, 0, width, height);
            const pixels = context.getImageData(0, 0, width, height);
            const startedAt = performance.now();
            const reply = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
            worker.postMessage({ id, pixels, thorough }, [pixels.data.buffer]);
            const { texts } = await reply;
            if (id > 2) times[texts.length > 0 ? 'withCode' : 'without'].push(performance.now() - startedAt);
          }
          worker.terminate();
          return [times.withCode, times.without];
        }
        """;
}
