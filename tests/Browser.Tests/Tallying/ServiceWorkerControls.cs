using System.Text.Json;
using Microsoft.Playwright;

namespace Actors.Browser.Tests.Tallying;

/// <summary>The browser's own controls of service workers, over its debugging protocol.</summary>
internal sealed class ServiceWorkerControls
{
    private readonly ICDPSession _session;
    private readonly TaskCompletionSource<string> _registration = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceWorkerControls(ICDPSession session) => _session = session;

    /// <summary>Attaches to a page that is not itself served by the worker.</summary>
    public static async Task<ServiceWorkerControls> AttachAsync(IBrowserContext browser, IPage page)
    {
        var controls = new ServiceWorkerControls(await browser.NewCDPSessionAsync(page));
        controls._session.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, message) => controls.Note(message);
        await controls._session.SendAsync("ServiceWorker.enable");
        return controls;
    }

    /// <summary>What the browser does when the network is back, however long after.</summary>
    public async Task DispatchSyncAsync(Uri origin, string tag) =>
        await _session.SendAsync("ServiceWorker.dispatchSyncEvent", new()
        {
            ["origin"] = origin.GetLeftPart(UriPartial.Authority),
            ["registrationId"] = await _registration.Task.WaitAsync(TimeSpan.FromMinutes(2)),
            ["tag"] = tag,
            ["lastChance"] = false,
        });

    private void Note(JsonElement? message)
    {
        foreach (var registration in message?.GetProperty("registrations").EnumerateArray() ?? [])
        {
            _registration.TrySetResult(registration.GetProperty("registrationId").GetString()!);
        }
    }
}
