using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Api.Demo.Devices;

/// <summary>Simulated devices of this process and what they show; as long as it lives.</summary>
internal sealed class DemoDevices(TimeProvider time)
{
    private const int MaxDevices = 20;
    private const int MaxShown = 30;

    private readonly ConcurrentDictionary<string, List<DemoNotice>> _devices = new(StringComparer.Ordinal);

    /// <summary>What a device shows, the newest first.</summary>
    public IReadOnlyList<DemoNotice> Look(string device)
    {
        if (!_devices.TryGetValue(device, out var shown))
        {
            return [];
        }

        lock (shown)
        {
            return [.. shown.AsEnumerable().Reverse()];
        }
    }

    /// <summary>A push arrives: it shows what its service worker would.</summary>
    public void Take(string device, ReadOnlyMemory<byte> payload)
    {
        if (_devices.Count >= MaxDevices && !_devices.ContainsKey(device))
        {
            return;
        }

        var json = JsonSerializer.Deserialize<JsonNode>(payload.Span)!;
        var tag = (string)json["tag"]!;
        var shown = _devices.GetOrAdd(device, static _ => []);
        lock (shown)
        {
            shown.RemoveAll(notice => notice.Tag == tag);
            if ((bool?)json["remove"] is not true)
            {
                shown.Add(new DemoNotice(tag, (string)json["summary"]!, (string?)json["body"] ?? "", (string?)json["url"], time.GetUtcNow()));
            }

            shown.RemoveRange(0, Math.Max(0, shown.Count - MaxShown));
        }
    }
}

/// <summary>A notification on a simulated device.</summary>
/// <param name="Tag">Another one of the same takes its place.</param>
/// <param name="Summary">The title.</param>
/// <param name="Body">The text.</param>
/// <param name="Url">What a click opens, or null.</param>
/// <param name="At">When it arrived.</param>
internal sealed record DemoNotice(string Tag, string Summary, string Body, string? Url, DateTimeOffset At);
