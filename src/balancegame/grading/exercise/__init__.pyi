# What tests of exercises are written with; loaded when it is first asked for.

from .designs import asks_design as asks_design
from .feedback import refuse as refuse
from .feedback import wrong as wrong
from .mistaken_functions import asks_function as asks_function
from .mistaken_functions import asks_unseen as asks_unseen
from .mistaken_functions import read_returned as read_returned
from .mistaken_functions import read_returned_number as read_returned_number
from .mistaken_functions import read_truth as read_truth
from .mistakes import asks as asks
from .mistakes import perhaps as perhaps
from .number_meant import LARGEST_DENOMINATOR as LARGEST_DENOMINATOR
from .number_meant import number_meant as number_meant
from .reading import NEAR as NEAR
from .reading import read_actions as read_actions
from .reading import read_choice as read_choice
from .reading import read_number as read_number
from .reading import read_or_refuse as read_or_refuse
from .reading import read_probability as read_probability
from .reading import read_profiles as read_profiles
from .reading import read_situation as read_situation
from .reading import read_two_by_two as read_two_by_two
from .reading import refuse_rounded as refuse_rounded
from .solver_answers import mixtures as mixtures
from .solver_answers import temptations as temptations
from .words_meant import spelled as spelled
