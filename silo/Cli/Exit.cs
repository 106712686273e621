namespace Actors.Silo.Cli;

/// <summary>How the program ends, and what it says then.</summary>
internal static class Exit
{
    /// <summary>All is well.</summary>
    public const int Done = 0;

    /// <summary>It could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or settings are wrong.</summary>
    public const int Refused = 2;

    /// <summary>Says why on the error output, a sentence a line.</summary>
    public static int With(int code, params IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Console.Error.WriteLine(sentence);
        }

        return code;
    }
}
