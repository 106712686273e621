using System.Net;
using Actors.Meetings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Meetings;

/// <summary>Fetches answers of BigBlueButton servers, of which nothing is believed. Addresses carry the checksum, which is as good as a password: none is in a message.</summary>
public sealed class BbbHttp(IOptions<MeetingOptions> options, TimeProvider time) : IDisposable
{
    private const int MaxBytes = 16 << 20;
    private const int ConnectionsPerServer = 16;

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
    public void Dispose() => _http.Dispose();

    /// <summary>An answer, and the time that the server's clock shows.</summary>
    /// <exception cref="IOException">None, or none of BigBlueButton's.</exception>
    internal async Task<(BbbAnswer Answer, DateTimeOffset? Date)> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
            {
                throw new IOException($"The server answered with the status {(int)response.StatusCode}.");
            }

            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            return (BbbAnswer.Read(await ReadAsync(body, limit.Token)), response.Headers.Date);
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
