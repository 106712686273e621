using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Actors.Api.Printing;

/// <summary>Takes the field <c>file</c> out of a multipart body (RFC 7578) and writes it to a stream as it comes.</summary>
internal static class UploadReader
{
    private const int MaxBoundary = 70;
    private const int MaxSections = 16;
    private const int MaxHeaders = 16;
    private const int MaxHeaderBytes = 16 << 10;
    private const int BufferBytes = 64 << 10;
    private const string Field = "file";

    /// <summary>How long it is, or why it is not taken.</summary>
    /// <param name="http">The request.</param>
    /// <param name="open">Opens what the file is written to; called once, when there is one.</param>
    /// <param name="options">The limits.</param>
    public static async Task<(long Length, IResult? Refusal)> ReceiveAsync(HttpContext http, Func<Stream> open, PrintingOptions options)
    {
        try
        {
            return await ReadSectionsAsync(http, open, options);
        }
        catch (BadHttpRequestException refused)
        {
            http.Response.Headers.Connection = "close";
            return (0, refused.StatusCode is StatusCodes.Status413PayloadTooLarge ? PrintRefusals.SizeExceeded(options) : Refusals.OfStatus(refused.StatusCode).ToResult());
        }
        catch (Exception broken) when (broken is InvalidDataException or MalformedBodyException)
        {
            return (0, PrintRefusals.NothingReceived.ToResult());
        }
    }

    private static async Task<(long Length, IResult? Refusal)> ReadSectionsAsync(HttpContext http, Func<Stream> open, PrintingOptions options)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= MaxBoundary } boundary)
        {
            return (0, PrintRefusals.NothingReceived.ToResult());
        }

        var reader = new MultipartReader(boundary.Value!, http.Request.Body) { HeadersCountLimit = MaxHeaders, HeadersLengthLimit = MaxHeaderBytes };
        (long Length, IResult? Refusal)? received = null;
        for (var count = 0; await NextAsync(reader, http.RequestAborted) is { } section; count++)
        {
            if (count == MaxSections)
            {
                throw new InvalidDataException();
            }

            if (!IsFile(section))
            {
                continue;
            }

            if (received is not null)
            {
                return (0, PrintRefusals.NothingReceived.ToResult("Send one file.", "Отправьте один файл"));
            }

            if (!IsAllowed(section.ContentType, options))
            {
                return (0, PrintRefusals.TypeRefused(options, section.ContentType));
            }

            received = await CopyAsync(section.Body, open, options, http.RequestAborted);
            if (received is { Refusal: not null })
            {
                return received.Value;
            }
        }

        return received ?? (0, PrintRefusals.NothingReceived.ToResult());
    }

    private static bool IsFile(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
        && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(Field, StringComparison.Ordinal);

    private static bool IsAllowed(string? contentType, PrintingOptions options) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && options.ContentTypes.Any(allowed => type.MediaType.Equals(allowed, StringComparison.OrdinalIgnoreCase));

    private static async Task<(long Length, IResult? Refusal)> CopyAsync(Stream body, Func<Stream> open, PrintingOptions options, CancellationToken cancellationToken)
    {
        await using var spool = open();
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var length = 0L; ;)
            {
                var count = await FillAsync(body, buffer.AsMemory(0, BufferBytes), cancellationToken);
                if (count == 0)
                {
                    return (length, null);
                }

                length += count;
                if (length > options.MaxSize)
                {
                    return (0, PrintRefusals.SizeExceeded(options));
                }

                // a disk that fails is an outage, the client's end is not
                await spool.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> FillAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var count = await ReadAsync(body, buffer[filled..], cancellationToken);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    private static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new MalformedBodyException(broken);
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new MalformedBodyException(broken);
        }
    }

    /// <summary>The body ends before its last part does.</summary>
    private sealed class MalformedBodyException(Exception inner) : Exception("The multipart body is broken.", inner);
}
