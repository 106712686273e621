using System.Text;

namespace Actors.Api.Tallying.Batch;

/// <summary>Reads CSV (RFC 4180) record by record, with limits; a comma or a semicolon, whichever the first line has.</summary>
internal sealed class CsvReader(TextReader text)
{
    public const int MaxFieldLength = 16_384;
    public const int MaxFields = 200;

    private readonly char[] _buffer = new char[4_096];
    private readonly StringBuilder _field = new();
    private int _at;
    private int _filled;
    private char? _separator;

    /// <summary>The line on which the record last read began, from 1.</summary>
    public int Line { get; private set; }

    private int _nextLine = 1;

    /// <summary>The next record, or null at the end. Empty lines are passed over.</summary>
    /// <exception cref="FormatException">A quote stands where none may, a field is too long or there are too many.</exception>
    public async ValueTask<IReadOnlyList<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Line = _nextLine;
            var fields = new List<string>();
            var end = await ReadRecordAsync(fields, cancellationToken);
            if (fields is not [""])
            {
                return fields;
            }

            if (end)
            {
                return null;
            }
        }
    }

    /// <summary>Reads fields up to the end of a line; whether it is the end of the text.</summary>
    private async ValueTask<bool> ReadRecordAsync(List<string> fields, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = await ReadFieldAsync(cancellationToken);
            fields.Add(_field.ToString());
            if (fields.Count > MaxFields)
            {
                throw new FormatException($"more than {MaxFields} fields");
            }

            if (end != FieldEnd.Separator)
            {
                return end == FieldEnd.Text;
            }
        }
    }

    private async ValueTask<FieldEnd> ReadFieldAsync(CancellationToken cancellationToken)
    {
        _field.Clear();
        if (await PeekAsync(cancellationToken) == '"')
        {
            _at++;
            await ReadQuotedAsync(cancellationToken);
            return await EndAsync(await NextAsync(cancellationToken), cancellationToken)
                ?? throw new FormatException("text after a closing quote");
        }

        while (true)
        {
            var c = await NextAsync(cancellationToken);
            if (await EndAsync(c, cancellationToken) is { } end)
            {
                return end;
            }

            if (c == '"')
            {
                throw new FormatException("a quote inside a field that does not begin with one");
            }

            Append((char)c);
        }
    }

    private async ValueTask ReadQuotedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var c = await NextAsync(cancellationToken);
            switch (c)
            {
                case < 0:
                    throw new FormatException("a quote that is not closed");
                case '"' when await PeekAsync(cancellationToken) == '"':
                    _at++;
                    break;
                case '"':
                    return;
                case '\n':
                    _nextLine++;
                    break;
            }

            Append((char)c);
        }
    }

    private async ValueTask<FieldEnd?> EndAsync(int c, CancellationToken cancellationToken)
    {
        switch (c)
        {
            case < 0:
                return FieldEnd.Text;
            case '\r' when await PeekAsync(cancellationToken) == '\n':
                _at++;
                _nextLine++;
                return FieldEnd.Line;
            case '\n':
                _nextLine++;
                return FieldEnd.Line;
            case ',' or ';' when _separator is null or ',' or ';' && (_separator ??= (char)c) == c:
                return FieldEnd.Separator;
            default:
                return null;
        }
    }

    private void Append(char c)
    {
        if (_field.Length == MaxFieldLength)
        {
            throw new FormatException($"a field of more than {MaxFieldLength} characters");
        }

        _field.Append(c);
    }

    private async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        var c = await PeekAsync(cancellationToken);
        _at++;
        return c;
    }

    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        if (_at >= _filled)
        {
            _filled = await text.ReadAsync(_buffer, cancellationToken);
            _at = 0;
            if (_filled == 0)
            {
                return -1;
            }
        }

        return _buffer[_at];
    }

    private enum FieldEnd
    {
        Separator,
        Line,
        Text,
    }
}
