using System.IO.Pipelines;
using Actors.Api.Limits;
using Actors.TestKit.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Api.Tests.Tallying;

/// <summary>Bodies that do not end.</summary>
public sealed class BodiesTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Pipe _pipe = new();
    private readonly DefaultHttpContext _http = new();

    [Fact]
    public async Task Read_BodyThatNeverEnds_IsCutInTime()
    {
        var reading = ReadAsync();
        await _pipe.Writer.WriteAsync("{\"events\":["u8.ToArray(), TestContext.Current.CancellationToken);

        _clock.Advance(BodyTimes.Least);

        Assert.Equal(StatusCodes.Status408RequestTimeout, StatusOf(await reading));
    }

    [Fact]
    public async Task Read_BodyThatGrowsForEver_IsCutAtItsLimit()
    {
        var reading = ReadAsync();
        while (!reading.IsCompleted)
        {
            await _pipe.Writer.WriteAsync(new byte[500], TestContext.Current.CancellationToken);
        }

        Assert.Equal(StatusCodes.Status413PayloadTooLarge, StatusOf(await reading));
    }

    [Fact]
    public async Task Read_BodyThatIsBrokenOff_EndsItsConnection()
    {
        await _pipe.Writer.CompleteAsync(new BadHttpRequestException("Unexpected end of request content."));

        Assert.Equal(StatusCodes.Status400BadRequest, StatusOf(await ReadAsync()));
        Assert.Equal("close", _http.Response.Headers.Connection);
    }

    private static int? StatusOf((string? Value, IResult? Refusal) result) => (result.Refusal as IStatusCodeHttpResult)?.StatusCode;

    private Task<(string? Value, IResult? Refusal)> ReadAsync()
    {
        _http.RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        _http.Features.Set<IRequestBodyPipeFeature>(new Body(_pipe.Reader));
        return Bodies.ReadAsync<string>(_http, maxBytes: 10_000, _ => ("read", null));
    }

    private sealed class Body(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
