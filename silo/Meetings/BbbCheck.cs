using System.Collections.Immutable;
using Actors.Meetings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Meetings;

/// <summary>Tries the servers of the settings: whether each answers, knows our secret and has the right time; and what to do when not.</summary>
public sealed class BbbCheck(BbbHttp http, IOptions<MeetingOptions> options, TimeProvider time)
{
    private const string ChecksumError = "checksumError";

    /// <summary>From there on a clock is wrong: certificates and times of meetings depend on it.</summary>
    private static readonly TimeSpan LargeSkew = TimeSpan.FromMinutes(2);

    /// <summary>All servers, in the order of their names, at once; each within the setting Bbb:Timeout for each of its calls.</summary>
    public async Task<ImmutableArray<BbbCheckResult>> RunAsync(CancellationToken cancellationToken) =>
        [
            .. await Task.WhenAll(options.Value.Servers
                // one that is simulated has no address
                .Where(server => server.Value.Url is not null)
                .OrderBy(server => server.Key, StringComparer.Ordinal)
                .Select(server => RunAsync(server.Key, server.Value, cancellationToken))),
        ];

    private async Task<BbbCheckResult> RunAsync(string name, BbbServerOptions server, CancellationToken cancellationToken)
    {
        var result = new BbbCheckResult(name, server.Url!.GetLeftPart(UriPartial.Path), server.Weight);
        var began = time.GetTimestamp();
        try
        {
            var (root, date) = await http.GetAsync(new Uri(server.Url!.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/api"), cancellationToken);
            result = result with
            {
                Latency = time.GetElapsedTime(began),
                Version = ValueOf(root, "bbbVersion") is { Length: > 0 } own ? own : ValueOf(root, "version"),
                ClockSkew = date - time.GetUtcNow(),
            };
            result = await SecretsAsync(result, server, cancellationToken);
            return result.Problem is null && result.ClockSkew?.Duration() > LargeSkew
                ? result with { Problem = $"Its clock differs from ours by {(int)result.ClockSkew.Value.TotalSeconds} s.", Remedy = "Set the clocks of both machines by NTP." }
                : result;
        }
        catch (IOException failure)
        {
            return result with
            {
                Problem = failure.Message,
                Remedy = $"Check Bbb:Servers:{name}:Url (the address before /api, usually ending with /bigbluebutton/), the network, and the server by bbb-conf --status.",
            };
        }
    }

    private async Task<BbbCheckResult> SecretsAsync(BbbCheckResult result, BbbServerOptions server, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(server, server.Algorithm, server.Secret!, cancellationToken);
        if (answer.IsSuccess)
        {
            return Counted(result, answer) with { Secret = BbbSecret.Current };
        }

        if (answer.MessageKey != ChecksumError)
        {
            return result with { Problem = $"It refuses to be asked: {answer.MessageKey}.", Remedy = "Look into the server's log." };
        }

        if (server.PreviousSecret is { } previous && await AskAsync(server, server.Algorithm, previous, cancellationToken) is { IsSuccess: true } old)
        {
            return Counted(result, old) with { Secret = BbbSecret.Previous };
        }

        foreach (var algorithm in Enum.GetValues<BbbAlgorithm>().Where(algorithm => algorithm != server.Algorithm))
        {
            if ((await AskAsync(server, algorithm, server.Secret!, cancellationToken)).IsSuccess)
            {
                return result with
                {
                    Problem = $"It does not take {NameOf(server.Algorithm)}.",
                    Remedy = $"Set Bbb:Servers:{result.Name}:Algorithm to {NameOf(algorithm)}, which it takes.",
                };
            }
        }

        return result with { Problem = "The secret is wrong.", Remedy = $"Set Bbb:Servers:{result.Name}:Secret to what bbb-conf --secret prints on the server." };
    }

    private async Task<BbbAnswer> AskAsync(BbbServerOptions server, BbbAlgorithm algorithm, string secret, CancellationToken cancellationToken)
    {
        const string call = "getMeetings";
        return (await http.GetAsync(new Uri(BbbQuery.Address(server.Url!, call, "", BbbQuery.Checksum(algorithm, call, "", secret))), cancellationToken)).Answer;
    }

    private static BbbCheckResult Counted(BbbCheckResult result, BbbAnswer answer) =>
        result with { Meetings = answer.Meetings.Length, Participants = answer.Meetings.Sum(meeting => meeting.Participants) };

    private static string? ValueOf(BbbAnswer answer, string name) => answer.Values.FirstOrDefault(value => value.Name == name)?.Value;

    private static string NameOf(BbbAlgorithm algorithm) => algorithm.ToString().ToLowerInvariant();
}

/// <summary>How a server does.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Url">Its address.</param>
/// <param name="Weight">What it carries; 0 takes no new conferences.</param>
public sealed record BbbCheckResult(string Name, string Url, double Weight)
{
    /// <summary>What is wrong, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Remedy { get; init; }

    /// <summary>BigBlueButton's version, or else that of its API; null when it does not say.</summary>
    public string? Version { get; init; }

    /// <summary>How long its first answer took, or null.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Its clock minus ours, or null when it does not say.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Which secret it knows.</summary>
    public BbbSecret Secret { get; init; }

    /// <summary>Conferences on it, ours and others'.</summary>
    public int Meetings { get; init; }

    /// <summary>People in them.</summary>
    public int Participants { get; init; }
}

/// <summary>Which secret a server knows.</summary>
public enum BbbSecret
{
    /// <summary>None of ours.</summary>
    None,

    /// <summary>The one of the setting Secret.</summary>
    Current,

    /// <summary>The one of the setting PreviousSecret: the change is not done on the server yet.</summary>
    Previous,
}
