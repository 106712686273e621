using System.Text;

namespace Actors.Printing;

/// <summary>
/// The pages of a print: numbers and ranges from 1 with commas between them, such as <c>1-5,3,2</c>, in any order and with
/// repeats. Kept as ranges, so that a large one costs nothing.
/// </summary>
public sealed class PageRanges
{
    /// <summary>Longest text.</summary>
    public const int MaxLength = 1_000;

    private PageRanges(string text, long count, int last) => (Text, Count, Last) = (text, count, last);

    /// <summary>The text without white space; empty for all pages.</summary>
    public string Text { get; }

    /// <summary>How many pages that is, repeats counted each; 0 for all.</summary>
    public long Count { get; }

    /// <summary>The greatest page asked for; 0 for all, at most <see cref="int.MaxValue"/>.</summary>
    public int Last { get; }

    /// <summary>Reads a text as somebody wrote it; null when it is no pages.</summary>
    public static PageRanges? Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        text = WithoutBlanks(text);
        if (text.Length == 0)
        {
            return new PageRanges("", 0, 0);
        }

        var (count, last) = (0L, 0);
        foreach (var part in text.AsSpan().Split(','))
        {
            if (ParseRange(text.AsSpan(part)) is not var (from, to))
            {
                return null;
            }

            count += (long)to - from + 1;
            last = Math.Max(last, to);
        }

        return new PageRanges(text, count, last);
    }

    /// <summary>How many sheets a print needs.</summary>
    /// <param name="pages">The pages of the file.</param>
    /// <param name="options">How it is printed; judged already.</param>
    public static long Sheets(int pages, PrintOptions options)
    {
        var asked = Parse(options.Pages) is { Count: > 0 } ranges ? ranges.Count : pages;
        return (options.TwoSided ? (asked + 1) / 2 : asked) * options.Copies;
    }

    private static (int From, int To)? ParseRange(ReadOnlySpan<char> part)
    {
        var dash = part.IndexOf('-');
        if (dash < 0)
        {
            return ParseNumber(part) is { } page ? (page, page) : null;
        }

        return ParseNumber(part[..dash]) is { } from && ParseNumber(part[(dash + 1)..]) is { } to && from <= to ? (from, to) : null;
    }

    // A number too great for any file is as good as the greatest.
    private static int? ParseNumber(ReadOnlySpan<char> text)
    {
        var number = 0L;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return null;
            }

            number = Math.Min((number * 10) + (digit - '0'), int.MaxValue);
        }

        return number > 0 ? (int)number : null;
    }

    private static string WithoutBlanks(string text)
    {
        if (!text.AsSpan().ContainsAny(" \t\r\n") && text.All(char.IsAscii))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                kept.Append(character);
            }
        }

        return kept.ToString();
    }
}
