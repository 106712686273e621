using System.Text.Json;
using Actors.TestKit.Notifications;
using Actors.TestKit.Phones;
using Microsoft.Playwright;

namespace Actors.Browser.Tests.Notifications;

/// <summary>
/// Chromium's own push service is on the internet: in its place stands ours. The page subscribes there, and what it takes
/// is handed to the page's real service worker by the browser's developer tools.
/// </summary>
internal sealed class BrowserPush
{
    private const string Subscribe = """
        (subscription) => {
          const key = 'test.subscribed';
          const bytes = (buffer) => Array.from(new Uint8Array(buffer));
          const made = (server) => ({
            endpoint: subscription.endpoint,
            options: { userVisibleOnly: true, applicationServerKey: new Uint8Array(server).buffer },
            toJSON: () => subscription,
            unsubscribe: async () => { localStorage.removeItem(key); return true; },
          });
          PushManager.prototype.getSubscription = async () => {
            const server = localStorage.getItem(key);
            return server === null ? null : made(JSON.parse(server));
          };
          PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
            const server = bytes(applicationServerKey.buffer ?? applicationServerKey);
            localStorage.setItem(key, JSON.stringify(server));
            return made(server);
          };
        }
        """;

    private const string Activated = """
        async () => {
          const { active } = await navigator.serviceWorker.ready;
          while (active.state !== 'activated') await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
        }
        """;

    private readonly IPage _page;
    private readonly ICDPSession _tools;
    private readonly TaskCompletionSource<string> _registration = new();
    private readonly string _origin;

    private BrowserPush(IPage page, ICDPSession tools, string origin)
    {
        (_page, _tools, _origin) = (page, tools, origin);
        _tools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var registration in told!.Value.GetProperty("registrations").EnumerateArray())
            {
                if (registration.GetProperty("scopeURL").GetString() == _origin + "/")
                {
                    _registration.TrySetResult(registration.GetProperty("registrationId").GetString()!);
                }
            }
        };
    }

    /// <summary>Has the phone's pages of this origin subscribe at our push service.</summary>
    public static async Task<BrowserPush> OnAsync(Phone phone, Uri server, PushDevice device)
    {
        var origin = server.GetLeftPart(UriPartial.Authority);
        await phone.Browser.GrantPermissionsAsync(["notifications"], new() { Origin = origin });
        await phone.Page.AddInitScriptAsync($"({Subscribe})({JsonSerializer.Serialize(device.ToJson())})");
        var push = new BrowserPush(phone.Page, await phone.Browser.NewCDPSessionAsync(phone.Page), origin);
        await push._tools.SendAsync("ServiceWorker.enable");
        return push;
    }

    /// <summary>Hands what the push service took to the service worker, once there is one: before, the tools drop it.</summary>
    public async Task DeliverAsync(PushedMessage message)
    {
        await _page.EvaluateAsync(Activated);
        await _tools.SendAsync(
            "ServiceWorker.deliverPushMessage",
            new Dictionary<string, object> { ["origin"] = _origin, ["registrationId"] = await _registration.Task, ["data"] = message.Text });
    }

    /// <summary>The notifications that the browser shows.</summary>
    public static Task<string[]> ShownAsync(Phone phone) => phone.Page.EvaluateAsync<string[]>(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((shown) => `${shown.title}|${shown.body}|${shown.tag}`)");

    /// <summary>What the browser says of permission and worker: for a test that waits in vain.</summary>
    public static Task<string> StateAsync(Phone phone) => phone.Page.EvaluateAsync<string>(
        "async () => { const worker = await navigator.serviceWorker.ready; return `${Notification.permission} ${worker.active?.scriptURL} ${worker.active?.state} ${worker.waiting?.state} ${(await worker.getNotifications()).length}`; }");
}
