"""What a meeting is: pure state, rules, commands and events. Standard library only; time arrives inside commands."""
