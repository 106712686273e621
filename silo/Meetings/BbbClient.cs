using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Meetings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Meetings;

/// <summary>Calls the servers of the settings, and signs what browsers are sent to.</summary>
public sealed class BbbClient(BbbHttp http, IOptions<MeetingOptions> options) : IBbbApi
{
    private const string ChecksumError = "checksumError";

    private readonly MeetingOptions _options = options.Value;

    /// <summary>While the secret is being changed: which of the two a server knew the last time.</summary>
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<BbbCreated> CreateAsync(string server, ImmutableArray<MeetingParameter> parameters, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(server, "create", parameters, cancellationToken);
        return answer.IsSuccess ? new(Refusal: null, answer.Values) : new(new BbbRefusal(answer.MessageKey, answer.Message), []);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<BbbMeeting>> GetMeetingsAsync(string server, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(server, "getMeetings", [], cancellationToken);
        return answer.IsSuccess ? answer.Meetings : throw new IOException($"The server refuses to be asked: {answer.MessageKey}.");
    }

    /// <inheritdoc/>
    public Uri JoinUrl(string server, ImmutableArray<MeetingParameter> parameters) =>
        Address(ServerOf(server), "join", BbbQuery.Write(parameters), SecretsOf(server)[0]);

    private static Uri Address(BbbServerOptions server, string call, string query, string secret) =>
        new(BbbQuery.Address(server.Url!, call, query, BbbQuery.Checksum(server.Algorithm, call, query, secret)));

    private BbbServerOptions ServerOf(string name) =>
        _options.Servers.TryGetValue(name, out var server) ? server : throw new IOException($"The settings know no server {name}.");

    /// <summary>Those of a server, the one that it knew the last time first.</summary>
    private string[] SecretsOf(string name)
    {
        var server = ServerOf(name);
        string[] secrets = server.PreviousSecret is { } previous ? [server.Secret!, previous] : [server.Secret!];
        return _known.TryGetValue(name, out var known) ? [.. secrets.OrderBy(secret => secret != known)] : secrets;
    }

    private async Task<BbbAnswer> CallAsync(string name, string call, ImmutableArray<MeetingParameter> parameters, CancellationToken cancellationToken)
    {
        var server = ServerOf(name);
        var query = BbbQuery.Write(parameters);
        BbbAnswer? answer = null;
        foreach (var secret in SecretsOf(name))
        {
            (answer, _) = await http.GetAsync(Address(server, call, query, secret), cancellationToken);
            if (answer.IsSuccess || answer.MessageKey != ChecksumError)
            {
                _known[name] = secret;
                break;
            }
        }

        return answer!;
    }
}
