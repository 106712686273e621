using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Actors.Meetings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Meetings;

/// <summary>Calls the servers of the settings. Addresses carry the checksum, which is as good as a password: none is in a message.</summary>
public sealed class BbbClient(IOptions<MeetingOptions> options, TimeProvider time) : IBbbApi, IDisposable
{
    private const int MaxBytes = 16 << 20;
    private const int ConnectionsPerServer = 16;
    private const string ChecksumError = "checksumError";

    private readonly MeetingOptions _options = options.Value;

    /// <summary>While the secret is being changed: which of the two a server knew the last time.</summary>
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = ConnectionsPerServer,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

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

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

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
            answer = await SendAsync(Address(server, call, query, secret), cancellationToken);
            if (answer.IsSuccess || answer.MessageKey != ChecksumError)
            {
                _known[name] = secret;
                break;
            }
        }

        return answer!;
    }

    private async Task<BbbAnswer> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
            {
                throw new IOException($"The server answered with the status {(int)response.StatusCode}.");
            }

            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            return BbbAnswer.Read(await ReadAsync(body, limit.Token));
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The server did not answer in time.", failure);
        }
        catch (HttpRequestException failure)
        {
            throw new IOException($"The server cannot be reached ({failure.HttpRequestError}).", failure);
        }
    }

    private static async Task<MemoryStream> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var whole = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (whole.Length + count > MaxBytes)
            {
                throw new IOException("The server's answer does not end.");
            }

            await whole.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        whole.Position = 0;
        return whole;
    }
}
